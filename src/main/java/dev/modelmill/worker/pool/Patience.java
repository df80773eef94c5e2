package dev.modelmill.worker.pool;

import java.util.concurrent.locks.Condition;

/**
 * Waits that an interrupt neither ends nor loses: it counts as one more spurious wake-up, and the flag is set again at the
 * end. Confined to the thread that waits; the caller looks at its condition again after each wait.
 */
final class Patience implements AutoCloseable {

    private boolean interrupted;

    void await(Condition condition) {
        condition.awaitUninterruptibly();
    }

    /** Waits at most so many nanoseconds. */
    void await(Condition condition, long nanos) {
        try {
            condition.awaitNanos(nanos);
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
