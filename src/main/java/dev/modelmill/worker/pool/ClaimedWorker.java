package dev.modelmill.worker.pool;

import dev.modelmill.worker.Lease;
import dev.modelmill.worker.WorkerTask;
import org.jspecify.annotations.Nullable;

/**
 * A worker that a job holds. The thread that holds it also watches the calls of its runs: there is no other watchdog.
 * Guarded by the lock, but for {@link #yieldDue}.
 */
final class ClaimedWorker implements Lease {

    private static final long NEVER = Long.MAX_VALUE;

    private final Dispatcher dispatcher;
    private final JobShare share;
    private final Slot slot;
    private final Worker worker;
    private volatile long yieldAt = NEVER;
    private boolean closed;

    ClaimedWorker(Dispatcher dispatcher, JobShare share, Slot slot) {
        this.dispatcher = dispatcher;
        this.share = share;
        this.slot = slot;
        this.worker = slot.worker();
    }

    @Override
    public String worker() {
        return worker.name();
    }

    @Override
    public <T> T run(WorkerTask<T> task) throws Exception {
        long start = dispatcher.timing().now();
        Run<T> run = dispatcher.guard().get(() -> hand(task));
        try (Patience patience = new Patience()) {
            while (!dispatcher.guard().get(run::ended)) {
                watch(run, patience);
            }
        }
        share.ran(slot, dispatcher.timing().now() - start);
        return run.value();
    }

    @Override
    public void close() {
        dispatcher.release(this);
    }

    JobShare share() {
        return share;
    }

    Slot slot() {
        return slot;
    }

    Worker claimed() {
        return worker;
    }

    /** Marks it closed; false if it was already. */
    boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** From when on a run should make place for another job; null: never. */
    void yieldAt(@Nullable Long time) {
        yieldAt = time == null ? NEVER : time;
    }

    /** Whether a run should make place for another job; from any thread, without the lock. */
    boolean yieldDue(long now) {
        long at = yieldAt;
        return at != NEVER && now - at >= 0;
    }

    private <T> Run<T> hand(WorkerTask<T> task) {
        if (closed) {
            throw new IllegalStateException("the lease of " + worker.name() + " has been closed");
        }
        share.requireOpen();
        Run<T> run = new Run<>(this, task, dispatcher.guard().newCondition());
        worker.hand(run);
        return run;
    }

    private void watch(Run<?> run, Patience patience) {
        int nudges = dispatcher.guard().get(run::nudges);
        long wait = worker.look(dispatcher.timing().now(), share.stopping());
        if (wait == CallWatch.LOST) {
            dispatcher.making().lost(worker, run);
        } else {
            dispatcher.guard().run(() -> run.await(patience, wait, nudges));
        }
    }
}
