package dev.modelmill.job.log;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * Something that was logged for a job.
 *
 * @param seq its place in the job's log; grows, not densely, over restarts of job and service
 * @param time when, to the millisecond
 * @param level {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN} or {@code ERROR}
 * @param worker who: the name of a worker, or {@link #SERVICE}
 * @param message what, at most {@link LogFormat#MAX_MESSAGE} bytes of UTF-8 and a mark where it was cut
 */
@JsonPropertyOrder({"seq", "time", "level", "worker", "message"})
public record LogEvent(
        long seq,

        @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = LogFormat.TIME, timezone = "UTC")
        Instant time,

        String level,
        String worker,
        String message) {

    /** The {@link #worker} of what Modelmill itself has to say about the log. */
    public static final String SERVICE = "modelmill";
}
