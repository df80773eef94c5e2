package dev.modelmill.job.log;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Which events of a log somebody wants.
 *
 * @param after only events whose seq is greater
 * @param level the least level
 * @param worker only events of this worker; null for all
 * @param limit at most so many
 */
public record LogQuery(long after, Level level, @Nullable String worker, long limit) {

    /** All events after a seq. */
    public static LogQuery after(long seq) {
        return new LogQuery(seq, Level.TRACE, null, Long.MAX_VALUE);
    }

    /**
     * Reads the parameters {@code after}, {@code level}, {@code worker} and {@code limit} of a request; null or empty
     * where one is not given.
     *
     * @throws BadLogQueryException if one can't be understood
     */
    public static LogQuery parse(
            @Nullable String after, @Nullable String level, @Nullable String worker, @Nullable String limit) {
        return new LogQuery(
                isGiven(after) ? parseSeq("after", after) : 0,
                isGiven(level) ? parseLevel(level) : Level.TRACE,
                isGiven(worker) ? worker : null,
                isGiven(limit) ? parseLimit(limit) : Long.MAX_VALUE);
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /**
     * Reads the seq of an event.
     *
     * @param parameter its name in the request
     * @throws BadLogQueryException if it is none
     */
    public static long parseSeq(String parameter, String value) {
        return parseNumber(parameter, value, 0, "the seq of a log event, a whole number of 0 or more");
    }

    private static long parseLimit(String value) {
        return parseNumber("limit", value, 1, "a whole number of 1 or more");
    }

    private static long parseNumber(String parameter, String value, long least, String what) {
        try {
            long number = Long.parseLong(value.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw bad(parameter, value, what);
        }
        throw bad(parameter, value, what);
    }

    private static Level parseLevel(String value) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equals(value.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> bad("level", value, "one of TRACE, DEBUG, INFO, WARN and ERROR"));
    }

    private static BadLogQueryException bad(String parameter, String value, String what) {
        return new BadLogQueryException(parameter, parameter + ": expected " + what + ", got '" + shown(value) + "'");
    }

    private static String shown(String value) {
        return value.length() > 40 ? value.substring(0, 40) + "…" : value;
    }

    /** Writes what a reader finds, one event a line; what is appended meanwhile is left for another time. */
    void write(LogCursor cursor, OutputStream out) throws IOException {
        long unread = cursor.remaining();
        long wanted = limit;
        while (unread > 0 && wanted > 0) {
            List<LogLine> lines = cursor.read((int) Math.min(unread, Integer.MAX_VALUE));
            wanted -= write(lines, wanted, out);
            unread -= lines.size();
        }
    }

    private long write(List<LogLine> lines, long most, OutputStream out) throws IOException {
        long written = 0;
        for (LogLine line : lines) {
            if (written < most && matches(line)) {
                out.write(line.json());
                out.write('\n');
                written++;
            }
        }
        return written;
    }

    /** Whether an event is one of those, its seq aside. */
    private boolean matches(LogLine line) {
        if (worker == null && level == Level.TRACE) {
            return true;
        }
        LogEvent event = line.event();
        return (worker == null || worker.equals(event.worker())) && isLoudEnough(event.level());
    }

    private boolean isLoudEnough(String name) {
        return Level.valueOf(name).toInt() >= level.toInt();
    }
}
