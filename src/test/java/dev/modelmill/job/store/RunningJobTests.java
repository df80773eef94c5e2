package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobId;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class RunningJobTests {

    private final RunningJob job = new RunningJob(new JobId.Generator(Clock.systemUTC()).next());

    @Test
    void commitWithoutATaskProvesNothing() {
        job.committed("digits-1", 0, 0);
        assertThat(job.proven()).isFalse();
        job.committed("digits-1", 0, 1);
        assertThat(job.proven()).isTrue();
        job.committed("digits-1", 0, 0);
        assertThat(job.proven()).isTrue();
    }
}
