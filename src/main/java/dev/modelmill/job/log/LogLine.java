package dev.modelmill.job.log;

/**
 * A log event as it is kept: its JSON on one line, encoded once and shared by all that read it, so nobody may change
 * the bytes.
 *
 * @param seq the event's seq
 * @param json the {@link LogEvent} as JSON in UTF-8, without a newline
 */
@SuppressWarnings("ArrayRecordComponent")
public record LogLine(long seq, byte[] json) {

    /**
     * The event in this line.
     *
     * @throws tools.jackson.core.JacksonException if somebody else wrote the line
     */
    public LogEvent event() {
        return LogFormat.parse(json);
    }
}
