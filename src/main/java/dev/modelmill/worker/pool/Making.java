package dev.modelmill.worker.pool;

import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerLostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How workers come and go: made, failed to be made, replaced, given up, died. Guarded by the lock: methods that don't say
 * that they take it, or are called by a worker, expect it.
 */
final class Making implements Worker.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Making.class);

    private final Guard guard;
    private final Timing timing;
    private final WorkerListener listener;
    private final Workforce workforce;
    private final Dispatcher dispatcher;
    private final Runnable changed;
    private int givenUp;

    Making(
            Guard guard,
            Timing timing,
            WorkerListener listener,
            Workforce workforce,
            Dispatcher dispatcher,
            Runnable changed) {
        this.guard = guard;
        this.timing = timing;
        this.listener = listener;
        this.workforce = workforce;
        this.dispatcher = dispatcher;
        this.changed = changed;
    }

    @Override
    public Guard guard() {
        return guard;
    }

    @Override
    public Timing timing() {
        return timing;
    }

    @Override
    public WorkerListener listener() {
        return listener;
    }

    /** A new slot whose worker is still to be {@link #start}ed. */
    Slot open(Pool pool, String job) {
        return workforce.open(pool, slot -> new Worker(this, slot, job, null), timing.now());
    }

    /** Starts the thread of a slot's worker. */
    void start(Slot slot) {
        changed.run();
        try {
            workforce.start(slot.worker());
        } catch (OutOfMemoryError e) {
            workforce.forget(slot.worker());
            fail(slot, Failure.of(slot.pool().model(), e));
        }
    }

    /** Puts a fresh worker into a slot; the one before ends by itself. */
    void replace(Slot slot, String job, String reason) {
        slot.worker().dismiss();
        slot.replace(each -> new Worker(this, each, job, reason), timing.now());
        start(slot);
    }

    /** A call of a run did not stop in time; takes the lock. */
    void lost(Worker worker, Run<?> run) {
        int count = guard.get(() -> {
            run.lose(new WorkerLostException(
                    "the worker " + worker.name() + " was given up: a call went on after it was told to stop"));
            return abandon(worker);
        });
        ClaimLog.within(
                run.lease().share().job(),
                worker.name(),
                () -> LOG.warn("given up: a call went on after it was told to stop; {} given up so far", count));
    }

    @Override
    public void made(Worker worker, long openNanos) {
        guard.run(() -> {
            if (!worker.dismissed()) {
                Slot slot = worker.slot();
                slot.pool().works();
                slot.pool().used(timing.now());
                slot.ready(openNanos, timing.now());
                dispatcher.handOver(slot);
                dispatcher.dispatch();
            }
        });
    }

    @Override
    public void notMade(Worker worker, Throwable failure) {
        Failure cause = Failure.of(worker.model(), failure);
        if (!guard.get(worker::dismissed)) {
            cause.log();
        }
        guard.run(() -> {
            if (!worker.dismissed()) {
                fail(worker.slot(), cause);
            }
        });
    }

    @Override
    public void ended(Worker worker) {
        guard.run(() -> {
            workforce.forget(worker);
            changed.run();
            if (!worker.dismissed()) {
                mourn(worker);
            }
        });
    }

    /** A worker, or with the model's loading all that wait for it, can't be made: all claims of the model fail. */
    void fail(Slot slot, Failure cause) {
        Pool pool = slot.pool();
        boolean whole = cause.ofModel() || pool.shared().isLoading();
        pool.failed(cause.message());
        if (whole) {
            pool.shared().fail(cause.message());
        }
        for (Slot each : whole ? pool.making() : List.of(slot)) {
            dispatcher.unbind(each, cause.exception());
            workforce.close(each, timing.now());
        }
        dispatcher.failWaiting(pool, cause);
        dispatcher.dispatch();
    }

    /** Expects nothing more of a worker's thread; how many that makes. */
    int abandon(Worker worker) {
        worker.giveUp();
        if (workforce.forget(worker)) {
            givenUp++;
        }
        return givenUp;
    }

    /** Gives a worker up together with the run under way, if there is one. */
    void leaveBehind(Worker worker, String reason) {
        abandon(worker);
        Run<?> run = worker.current();
        if (run != null) {
            run.lose(new WorkerLostException("the worker " + worker.name() + " was given up: " + reason));
        }
    }

    /** A worker's thread died of a fault of ours or of the machine. */
    private void mourn(Worker worker) {
        worker.breakBy(Worker.CRASHED);
        leaveBehind(worker, "its thread died");
        Slot slot = worker.slot();
        if (slot.idle()) {
            replace(slot, worker.job(), Worker.CRASHED);
        } else if (slot.making()) {
            fail(slot, Failure.of(worker.model(), new IllegalStateException("the worker died")));
        }
    }
}
