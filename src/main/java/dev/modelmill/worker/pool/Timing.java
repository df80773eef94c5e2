package dev.modelmill.worker.pool;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The monotonic clock and how long things may take. Immutable.
 *
 * @param nanoTime a clock as {@link System#nanoTime}
 * @param modelIdleTimeout how long an unused model stays loaded
 * @param terminateGrace how long a call may go on after it was told to stop
 * @param closeGrace how long the workers' threads may take to end when the pools are closed
 */
record Timing(LongSupplier nanoTime, Duration modelIdleTimeout, Duration terminateGrace, Duration closeGrace) {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final double NANOS_PER_SECOND = 1e9;

    /** The times of production. */
    static Timing standard(Duration modelIdleTimeout) {
        return new Timing(System::nanoTime, modelIdleTimeout, Duration.ofSeconds(5), Duration.ofSeconds(1));
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** A duration in nanoseconds; one too long for that is as good as for ever. */
    static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
    }

    static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }

    /** {@code 60 s}, {@code 0.5 s}. */
    static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
