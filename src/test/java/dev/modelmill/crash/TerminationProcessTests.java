package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** SIGTERM in the middle of jobs: {@code crash.terms} times. */
class TerminationProcessTests {

    @Test
    void jobsGoOnAtTheNextStartWhenTheServiceIsTerminated() {
        assertThat(CrashBench.terms(Integer.getInteger("crash.terms", 5), CrashBench.seed()))
                .isEmpty();
    }
}
