package dev.modelmill.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.modelmill.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as everyone sees it, at one moment: the same JSON object in every answer and event.
 *
 * @param id the job's id
 * @param model the model's name
 * @param modelVersion the version that was resolved
 * @param modelDigest the digest of the model that the job runs with
 * @param status where it is in its life
 * @param createdAt when it was taken in
 * @param startedAt when it first ran; null before
 * @param finishedAt when it ended; null before
 * @param request what was asked for
 * @param labels the user's labels
 * @param priority 0 to 9
 * @param batchSize tasks a call, fixed before the first; null before
 * @param restarts how often it was restarted by a user
 * @param progress how far it is
 * @param workers the workers that have served it, since the service started or until it ended
 * @param error why it failed; null where it did not
 */
public record Job(
        JobId id,
        String model,
        String modelVersion,
        @Nullable String modelDigest,
        JobStatus status,

        @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = TIME, timezone = "UTC")
        Instant createdAt,

        @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = TIME, timezone = "UTC") @Nullable
        Instant startedAt,

        @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = TIME, timezone = "UTC") @Nullable
        Instant finishedAt,

        @JsonRawValue String request,
        Map<String, String> labels,
        int priority,
        @Nullable Integer batchSize,
        int restarts,
        Progress progress,
        List<Worker> workers,
        @Nullable JobError error) {

    private static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSSX";

    /**
     * How far a job is.
     *
     * @param total all tasks; null until they have been counted
     * @param succeeded tasks with a line in results
     * @param failed tasks with a line in errors
     * @param readable tasks before the first unfinished one: those that results and errors hold
     * @param percent finished tasks of all, 100 for an empty job; null until the tasks have been counted
     * @param tasksPerSecond finished tasks a second, lately while it runs, over all at its end; null where unknown
     * @param secondsLeft how long it will still take; null where unknown
     */
    public record Progress(
            @Nullable Long total,
            long succeeded,
            long failed,
            long readable,
            @Nullable Double percent,
            @Nullable Double tasksPerSecond,
            @Nullable Long secondsLeft) {}

    /**
     * One worker that has served a job.
     *
     * @param name the worker's name
     * @param state what it does; null once the job has ended
     * @param succeeded tasks of the job that succeeded on it
     * @param failed tasks of the job that failed on it
     * @param busyShare the share of its time that it spent on runs of the job since it first served it, 0 to 1
     * @param loadSeconds how long making it took
     * @param replacements how often it was replaced
     */
    public record Worker(
            String name,
            WorkerStatus.@Nullable State state,
            long succeeded,
            long failed,
            double busyShare,
            double loadSeconds,
            int replacements) {}
}
