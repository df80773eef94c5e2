package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Kills at random moments: {@code crash.kills} of them by {@code crash.seed}. */
@Order(1)
class RandomKillsProcessTests {

    @Test
    void everyJobEndsAsAnUndisturbedOneWhenTheServiceIsKilledAtRandom() {
        KillReport report = CrashBench.kills(Integer.getInteger("crash.kills", 25), CrashBench.seed());
        assertThat(report.faults()).isEmpty();
    }
}
