package dev.modelmill.job.store;

import dev.modelmill.job.JobRequest;
import dev.modelmill.job.JobStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a restart replaces in the request of a job.
 *
 * @param fields the fields with their new values, checked; null gives a field its default again
 */
public record RestartChanges(ObjectNode fields) {

    /** The JSON of a request with these changes. */
    String appliedTo(String request, JsonMapper json) {
        ObjectNode changed = (ObjectNode) json.readTree(request);
        fields.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                changed.remove(field.getKey());
            } else {
                changed.set(field.getKey(), field.getValue());
            }
        });
        return changed.toString();
    }

    /** The job of a row that waits again with another request; one with another input is planned anew. */
    static StoredJob again(StoredJob job, String requestJson, JobInput input, int restarts, JsonMapper json) {
        JobRequest request = json.readValue(requestJson, JobRequest.class);
        return new StoredJob(
                job.id(),
                JobStatus.QUEUED,
                job.model(),
                job.modelVersion(),
                job.modelDigest(),
                request.effectivePriority(),
                job.createdAt(),
                job.startedAt(),
                null,
                request,
                requestJson,
                input,
                job.batchSize(),
                restarts,
                job.runs(),
                0,
                0,
                input.equals(job.input()) ? job.total() : null,
                null,
                null);
    }
}
