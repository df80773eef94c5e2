package dev.modelmill.job.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/** Makes the message of an event in a job's log from what was logged. */
final class LogMessages {

    private static final int MAX_FRAMES = 5;
    private static final int MAX_CAUSES = 5;

    private LogMessages() {}

    /** The formatted message; for an exception its class and message and a few frames, and so for its causes. */
    static String of(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? message : withThrown(message, thrown);
    }

    private static String withThrown(String message, IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder(message);
        IThrowableProxy each = thrown;
        for (int i = 0; each != null && i < MAX_CAUSES; i++) {
            text.append(i == 0 ? "\n" : "\ncaused by ").append(each.getClassName());
            appendDetail(text, each.getMessage());
            appendFrames(text, each.getStackTraceElementProxyArray());
            each = each.getCause();
        }
        return text.toString();
    }

    private static void appendDetail(StringBuilder text, @Nullable String detail) {
        if (detail != null) {
            text.append(": ").append(detail);
        }
    }

    private static void appendFrames(StringBuilder text, StackTraceElementProxy[] frames) {
        for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
            text.append("\n    ").append(frames[i].getSTEAsString());
        }
        if (frames.length > MAX_FRAMES) {
            text.append("\n    … ").append(frames.length - MAX_FRAMES).append(" more");
        }
    }
}
