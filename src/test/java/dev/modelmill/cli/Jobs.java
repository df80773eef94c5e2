package dev.modelmill.cli;

import dev.modelmill.job.Job;
import dev.modelmill.job.Job.Progress;
import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs as tests need them. */
final class Jobs {

    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private Jobs() {}

    static Job queued() {
        return job(JobStatus.QUEUED, new Progress(null, 0, 0, 0, null, null, null), null, null);
    }

    static Job running(long total, long succeeded, long failed, @Nullable Double rate, @Nullable Long left) {
        double percent = (succeeded + failed) * 100.0 / total;
        return job(JobStatus.RUNNING, new Progress(total, succeeded, failed, 0, percent, rate, left), null, null);
    }

    static Job ended(JobStatus status, long succeeded, long failed, @Nullable JobError error) {
        Progress progress = new Progress(succeeded + failed, succeeded, failed, succeeded + failed, 100.0, 1234.5, 0L);
        return job(status, progress, START.plusMillis(1500), error);
    }

    private static Job job(JobStatus status, Progress progress, @Nullable Instant finished, @Nullable JobError error) {
        return new Job(
                new JobId("01arz3ndektsv4rrffq69g5fav"),
                "digits",
                "1",
                null,
                status,
                START,
                START,
                finished,
                "{}",
                Map.of(),
                5,
                64,
                0,
                progress,
                List.of(),
                error);
    }
}
