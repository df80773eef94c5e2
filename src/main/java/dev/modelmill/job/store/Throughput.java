package dev.modelmill.job.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How many tasks a second were finished over the last quarter of a minute. Shared between threads. */
final class Throughput {

    private static final long HORIZON_NANOS = 15_000_000_000L;
    private static final long SAMPLE_NANOS = 250_000_000L;

    private record Sample(long nanos, long tasks) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private long tasks;
    private long begun = Long.MIN_VALUE;

    /** Says from when on to measure; the first call counts, and adding tasks says it, too. */
    synchronized void begin(long nanos) {
        if (begun == Long.MIN_VALUE) {
            begun = nanos;
            samples.add(new Sample(nanos, 0));
        }
    }

    synchronized void add(long nanos, long more) {
        begin(nanos);
        tasks += more;
        Sample last = samples.getLast();
        if (nanos - last.nanos >= SAMPLE_NANOS) {
            samples.add(new Sample(nanos, tasks));
        }
        while (samples.size() > 2 && nanos - samples.getFirst().nanos > HORIZON_NANOS) {
            samples.removeFirst();
        }
    }

    synchronized @Nullable Double perSecond(long nanos) {
        if (begun == Long.MIN_VALUE || tasks == 0) {
            return null;
        }
        Sample first = samples.getFirst();
        long took = nanos - first.nanos;
        if (took < SAMPLE_NANOS) {
            return null;
        }
        return Math.round((tasks - first.tasks) * 1e10 / took) / 10.0;
    }
}
