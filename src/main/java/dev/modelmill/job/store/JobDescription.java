package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code job.json} holds: enough to enter the job again where its row is lost.
 *
 * @param id the job's id
 * @param model the model's name
 * @param modelVersion the version that was resolved
 * @param modelDigest the digest of the model when the job was taken in
 * @param createdAt when it was taken in
 * @param request what was asked for, the JSON as it was written
 * @param input where the tasks are
 * @param idempotencyKey the key that came with it; null where none did
 * @param requestDigest the digest of what came with that key
 * @param restarts how often a user restarted it
 */
public record JobDescription(
        String id,
        String model,
        String modelVersion,
        @Nullable String modelDigest,
        Instant createdAt,
        String request,
        JobInput input,
        @Nullable String idempotencyKey,
        @Nullable String requestDigest,
        int restarts) {

    /** Describes a job by its row. */
    public static JobDescription of(StoredJob job, @Nullable SubmissionKey key) {
        return new JobDescription(
                job.id().value(),
                job.model(),
                job.modelVersion(),
                job.modelDigest(),
                job.createdAt(),
                job.requestJson(),
                job.input(),
                key == null ? null : key.key(),
                key == null ? null : key.digest(),
                job.restarts());
    }

    /** The key that the job can be found by, if any. */
    @Nullable
    SubmissionKey key() {
        return idempotencyKey == null || requestDigest == null
                ? null
                : new SubmissionKey(idempotencyKey, requestDigest);
    }

    /** The job as it waits to run. */
    StoredJob queued(JsonMapper json) {
        JobRequest asked = json.readValue(request, JobRequest.class);
        return new StoredJob(
                new JobId(id),
                JobStatus.QUEUED,
                model,
                modelVersion,
                modelDigest,
                asked.effectivePriority(),
                createdAt,
                null,
                null,
                asked,
                request,
                input,
                null,
                restarts,
                0,
                0,
                0,
                null,
                null,
                null);
    }
}
