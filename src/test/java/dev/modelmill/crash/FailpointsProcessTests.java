package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every point of the commit path at which the service may die. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class FailpointsProcessTests {

    private FailpointSession session;

    @BeforeAll
    void open() {
        session = new FailpointSession(List.copyOf(
                EnumSet.complementOf(EnumSet.of(Failpoint.RESTART_STORED, Failpoint.RESTART_BEFORE_ANSWER))));
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
            mode = Mode.EXCLUDE,
            names = {"RESTART_STORED", "RESTART_BEFORE_ANSWER"})
    void startAfterDeathGivesWhatAnUndisturbedRunGives(Failpoint point) throws Exception {
        assertThat(session.dieAt(point)).isEmpty();
    }
}
