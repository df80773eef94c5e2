package dev.modelmill.job.log;

import java.util.Arrays;
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

    /** Whether an event is one of those, its seq aside. */
    boolean matches(LogLine line) {
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
