package dev.modelmill.worker.pool;

import dev.modelmill.worker.WorkerContext;
import dev.modelmill.worker.WorkerTask;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A task handed to a worker, and what became of it. It ends once: what a worker that has been given up reports later is
 * dropped. Guarded by the lock, but for {@link #perform} and its result, which are the worker thread's until the end.
 *
 * @param <T> what the task gives
 */
final class Run<T> {

    private final ClaimedWorker lease;
    private final WorkerTask<T> task;
    private final Condition changed;
    private @Nullable Outcome<T> result;
    private @Nullable Outcome<T> outcome;
    private int nudges;

    Run(ClaimedWorker lease, WorkerTask<T> task, Condition changed) {
        this.lease = lease;
        this.task = task;
        this.changed = changed;
    }

    /** What a task gave, or threw. */
    record Outcome<T>(@Nullable T value, @Nullable Throwable failure) {}

    ClaimedWorker lease() {
        return lease;
    }

    /** Does the task, on the worker's thread and without the lock; never throws. */
    void perform(WorkerContext context) {
        try {
            result = new Outcome<>(task.run(context), null);
        } catch (Throwable e) {
            result = new Outcome<>(null, e);
        }
    }

    /** Whether the task threw an {@link Error}; on the worker's thread. */
    boolean failedByError() {
        return result != null && result.failure() instanceof Error;
    }

    /** The worker has performed it. */
    void end() {
        end(result);
    }

    /** The worker has been given up. */
    void lose(RuntimeException reason) {
        end(new Outcome<>(null, reason));
    }

    boolean ended() {
        return outcome != null;
    }

    /** Makes the thread that waits look at its calls again. */
    void nudge() {
        nudges++;
        changed.signal();
    }

    int nudges() {
        return nudges;
    }

    /** Waits for the end or a nudge after the given one, but not longer than so many nanoseconds. */
    void await(Patience patience, long nanos, int nudge) {
        if (!ended() && nudges == nudge) {
            patience.await(changed, nanos);
        }
    }

    /** What the task gave; throws what it threw. Once it has ended. */
    @Nullable
    T value() throws Exception {
        if (outcome == null) {
            throw new IllegalStateException("the run has not ended");
        }
        if (outcome.failure() instanceof Error error) {
            throw error;
        }
        if (outcome.failure() instanceof Exception exception) {
            throw exception;
        }
        return outcome.value();
    }

    private void end(@Nullable Outcome<T> how) {
        if (outcome == null) {
            outcome = how;
            changed.signal();
        }
    }
}
