package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobId;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.WorkerShare;
import dev.modelmill.worker.WorkerStatus;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningJobTests {

    private final RunningJob job = new RunningJob(new JobId.Generator(Clock.systemUTC()).next());
    private final FakeShare share = new FakeShare();

    @Test
    void commitWithoutATaskProvesNothing() {
        job.committed("digits-1", 0, 0);
        assertThat(job.proven()).isFalse();
        job.committed("digits-1", 0, 1);
        assertThat(job.proven()).isTrue();
        job.committed("digits-1", 0, 0);
        assertThat(job.proven()).isTrue();
    }

    @Test
    void drainBeforeTheJobIsPreparedStopsItsShareAtOnce() {
        job.sharing(share);
        job.drain(new RunningJob.Stop.Shutdown());
        assertThat(job.stopping()).isTrue();
        assertThat(share.stopped).isTrue();
    }

    @Test
    void drainOfAPreparedJobLetsItsCallsEnd() {
        job.sharing(share);
        job.prepared();
        job.drain(new RunningJob.Stop.Shutdown());
        assertThat(job.stopping()).isTrue();
        assertThat(share.stopped).isFalse();
        job.stop(new RunningJob.Stop.Shutdown());
        assertThat(share.stopped).isTrue();
    }

    /** Tells whether it was stopped, and has no workers. */
    private static final class FakeShare implements WorkerShare {

        private boolean stopped;

        @Override
        public Lease claim() {
            throw new IllegalStateException("there are no workers");
        }

        @Override
        public int maxWorkers() {
            return 0;
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public List<WorkerStatus> workers() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
