package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Death while a cancelled job is let go on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartFailpointsProcessTests {

    private FailpointSession session;

    @BeforeAll
    void open() {
        session = new FailpointSession(List.of(Failpoint.RESTART_STORED, Failpoint.RESTART_BEFORE_ANSWER));
    }

    @AfterAll
    void close() {
        if (session != null) {
            session.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Failpoint.class,
            names = {"RESTART_STORED", "RESTART_BEFORE_ANSWER"})
    void startAfterDeathGoesOnWithTheJob(Failpoint point) throws Exception {
        assertThat(session.dieAt(point)).isEmpty();
    }
}
