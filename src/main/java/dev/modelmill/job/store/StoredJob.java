package dev.modelmill.job.store;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The row of a job.
 *
 * @param id the job's id
 * @param status where it is in its life
 * @param model the model's name
 * @param modelVersion the version that was resolved
 * @param modelDigest the digest of the model that it runs with; null before that is known
 * @param priority 0 to 9
 * @param createdAt when it was taken in
 * @param startedAt when it first ran
 * @param finishedAt when it ended
 * @param request what was asked for
 * @param requestJson the same as it was written
 * @param input where the tasks are
 * @param batchSize tasks a call; null before it is fixed
 * @param restarts how often a user restarted it
 * @param runs how often it began to run
 * @param unprovenRuns how many runs since it last committed something the death of the service may be its doing in
 * @param trials how often it was tried alone since then
 * @param total all tasks; null before they are counted
 * @param workersJson the workers that served it, once it has ended
 * @param error why it failed
 */
public record StoredJob(
        JobId id,
        JobStatus status,
        String model,
        String modelVersion,
        @Nullable String modelDigest,
        int priority,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        JobRequest request,
        String requestJson,
        JobInput input,
        @Nullable Integer batchSize,
        int restarts,
        int runs,
        int unprovenRuns,
        int trials,
        @Nullable Long total,
        @Nullable String workersJson,
        @Nullable JobError error) {}
