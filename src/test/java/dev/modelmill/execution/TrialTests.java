package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobId;
import dev.modelmill.job.store.RunningJob;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrialTests {

    @Test
    void timeDoublesWithEachTrialThatToldNothing() {
        TrialTime time = new TrialTime(Duration.ofSeconds(60));
        assertThat(time.after(0)).isEqualTo(Duration.ofSeconds(60));
        assertThat(time.after(1)).isEqualTo(Duration.ofSeconds(120));
        assertThat(time.after(4)).isEqualTo(Duration.ofSeconds(960));
        assertThat(time.after(Integer.MAX_VALUE))
                .isGreaterThan(Duration.ofDays(30))
                .isLessThan(Duration.ofDays(60));
    }

    @Test
    void trialIsOverWhenItsTimeHasPassedAlsoWhereTheClockOverflows() {
        RunningJob job = new RunningJob(new JobId("01k00000000000000000000000"));
        long begun = Long.MAX_VALUE - 5;
        Trial trial = new Trial(job, begun, Duration.ofNanos(10));
        assertThat(trial.isOver(begun)).isFalse();
        assertThat(trial.isOver(begun + 9)).isFalse();
        assertThat(trial.isOver(begun + 10)).isTrue();
    }
}
