package dev.modelmill.job.store;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code end.json} holds: how a job ended and all of its partitions, so that it need not run again where the database
 * is lost. It counts as long as the job was not restarted since.
 *
 * @param status the last status
 * @param restarts how often a user had restarted the job by then
 * @param modelVersion the version of the model that it ran with
 * @param modelDigest the digest of that model
 * @param startedAt when it first ran
 * @param finishedAt when it ended
 * @param batchSize tasks a call; null where that was never fixed
 * @param runs how often it began to run
 * @param total all tasks; null where they were never counted
 * @param workers the workers that served it, as JSON
 * @param error why it failed
 * @param partitions its partitions in order
 */
record JobEnding(
        JobStatus status,
        int restarts,
        String modelVersion,
        @Nullable String modelDigest,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Integer batchSize,
        int runs,
        @Nullable Long total,
        @Nullable String workers,
        @Nullable JobError error,
        List<Partition> partitions) {

    JobEnding {
        if (!status.ended()) {
            throw new IllegalArgumentException(status + " is no end");
        }
        partitions = List.copyOf(partitions);
    }

    static JobEnding of(StoredJob job, List<Partition> partitions) {
        return new JobEnding(
                job.status(),
                job.restarts(),
                job.modelVersion(),
                job.modelDigest(),
                job.startedAt(),
                job.finishedAt(),
                job.batchSize(),
                job.runs(),
                job.total(),
                job.workersJson(),
                job.error(),
                partitions);
    }

    /** The job of a description as it was when it ended so. */
    StoredJob ended(JobDescription description, JsonMapper json) {
        StoredJob job = description.queued(json);
        return new StoredJob(
                job.id(),
                status,
                job.model(),
                modelVersion,
                modelDigest,
                job.priority(),
                job.createdAt(),
                startedAt,
                finishedAt,
                job.request(),
                job.requestJson(),
                job.input(),
                batchSize,
                restarts,
                runs,
                0,
                0,
                total,
                workers,
                error);
    }
}
