package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerLostException;
import dev.modelmill.worker.WorkerStatus.State;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings claims and workers together: grants claims in the order of the {@link ClaimQueue} as far as the limits of job,
 * model and service allow, and makes and replaces workers. Every event that can make a claim grantable ends in
 * {@link #dispatch}. Guarded by the lock: methods that don't say that they take it expect it.
 */
final class Dispatcher implements Worker.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Guard guard;
    private final Timing timing;
    private final WorkerListener listener;
    private final Workforce workforce;
    private final ClaimQueue<Claim> queue = new ClaimQueue<>();
    private final Set<JobShare> shares = new LinkedHashSet<>();
    private final Limits limits;
    private final Runnable changed;
    private boolean closed;
    private int givenUp;

    /**
     * Makes one.
     *
     * @param changed told under the lock when a worker is being made or a thread has ended
     */
    Dispatcher(Guard guard, Timing timing, WorkerListener listener, Workforce workforce, Runnable changed) {
        this.guard = guard;
        this.timing = timing;
        this.listener = listener;
        this.workforce = workforce;
        this.limits = new Limits(timing, workforce, queue);
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

    /** Opens a share; one that is already stopping when the pools have been closed. */
    JobShare open(String job, ModelVersion model, int maxWorkers, int priority) {
        int most = Math.min(maxWorkers, workforce.maxWorkers(model));
        JobShare share = new JobShare(this, job, model, most, queue.open(priority));
        if (closed) {
            share.markStopping();
        } else {
            shares.add(share);
            workforce.pool(model, timing.now());
        }
        return share;
    }

    /** Waits for a worker; takes the lock. */
    ClaimedWorker claim(JobShare share) {
        return guard.get(() -> {
            share.requireOpen();
            Pool pool = workforce.pool(share.model(), timing.now());
            Claim claim = new Claim(share, pool, guard.newCondition());
            queue.join(share.turn(), claim, timing.now());
            dispatch();
            return claim.await();
        });
    }

    /** Takes a worker back, once; takes the lock. */
    void release(ClaimedWorker lease) {
        guard.run(() -> {
            if (lease.markClosed()) {
                lease.share().giveBack();
                queue.end(lease.share().turn(), timing.now());
                reuse(lease.slot(), lease);
                dispatch();
            }
        });
    }

    /** Stops a share; takes the lock. */
    void stop(JobShare share) {
        guard.run(() -> {
            share.markStopping();
            queue.drain(share.turn(), timing.now()).forEach(claim -> claim.fail(share.stopped()));
            workforce.slots().filter(slot -> isMadeFor(slot, share)).forEach(slot -> unbind(slot, share.stopped()));
            workforce.workers().stream()
                    .filter(worker -> worker.worksFor(share))
                    .forEach(Worker::nudge);
            dispatch();
        });
    }

    /** Ends a share; takes the lock. */
    void close(JobShare share) {
        guard.run(() -> {
            stop(share);
            share.markClosed(timing.now());
            shares.remove(share);
        });
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
                handOver(slot);
                dispatch();
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
            unbind(each, cause.exception());
            workforce.close(each, timing.now());
        }
        failWaiting(pool, cause);
        dispatch();
    }

    /** Expects nothing more of a worker's thread; how many that makes. */
    int abandon(Worker worker) {
        worker.giveUp();
        if (workforce.forget(worker)) {
            givenUp++;
        }
        return givenUp;
    }

    /** Gives a worker up whose thread did not end in time when the pools are closed. */
    void leaveBehind(Worker worker) {
        abandon(worker);
        if (worker.current() != null) {
            worker.current()
                    .lose(new WorkerLostException("the worker " + worker.name() + " was given up: shutting down"));
        }
    }

    /** Stops all shares and takes no more. */
    void shutDown() {
        closed = true;
        List.copyOf(shares).forEach(this::stop);
    }

    /** Claims that wait for a worker to become free. */
    int waiting() {
        return queue.size();
    }

    /** Whether a job has a worker of this pool or waits for one. */
    boolean inUse(Pool pool) {
        return pool.working() || queue.heads().stream().anyMatch(claim -> claim.pool() == pool);
    }

    private void dispatch() {
        long now = timing.now();
        Claim claim = queue.next(now, limits::grantable);
        while (claim != null) {
            grant(claim, now);
            claim = queue.next(now, limits::grantable);
        }
        limits.requestYields();
    }

    private void grant(Claim claim, long now) {
        Pool pool = claim.pool();
        Slot slot = pool.idle().or(pool::unclaimed).orElse(null);
        boolean fresh = slot == null;
        if (fresh) {
            slot = openSlot(claim, now);
        }
        claim.share().take(slot, now);
        slot.bind(claim);
        if (fresh) {
            start(slot);
        } else if (slot.idle()) {
            handOver(slot);
        }
    }

    private Slot openSlot(Claim claim, long now) {
        if (workforce.full()) {
            limits.dispensable(claim.pool()).ifPresent(slot -> workforce.close(slot, now));
        }
        return workforce.open(
                claim.pool(), slot -> new Worker(this, slot, claim.share().job(), null), now);
    }

    private void start(Slot slot) {
        changed.run();
        try {
            workforce.start(slot.worker());
        } catch (OutOfMemoryError e) {
            workforce.forget(slot.worker());
            fail(slot, Failure.of(slot.pool().model(), e));
        }
    }

    private void handOver(Slot slot) {
        Claim claim = slot.claim();
        if (claim != null) {
            slot.bind(null);
            slot.enter(State.BUSY, timing.now());
            queue.start(claim.share().turn(), timing.now());
            ClaimedWorker lease = new ClaimedWorker(this, claim.share(), slot);
            slot.lease(lease);
            claim.grant(lease);
        }
    }

    private void reuse(Slot slot, ClaimedWorker lease) {
        long now = timing.now();
        slot.lease(null);
        slot.pool().used(now);
        String defect = lease.claimed().replacementReason();
        if (lease.claimed().dismissed()) {
            return;
        }
        if (defect == null) {
            slot.enter(State.IDLE, now);
        } else {
            replace(slot, lease.share().job(), defect);
        }
    }

    private void replace(Slot slot, String job, String reason) {
        slot.worker().dismiss();
        slot.replace(each -> new Worker(this, each, job, reason), timing.now());
        start(slot);
    }

    /** A worker's thread died of a fault of ours or of the machine. */
    private void mourn(Worker worker) {
        worker.breakBy(Worker.CRASHED);
        worker.giveUp();
        Slot slot = worker.slot();
        if (worker.current() != null) {
            worker.current().lose(new WorkerLostException("the worker " + worker.name() + " died"));
        }
        if (slot.idle()) {
            replace(slot, worker.job(), Worker.CRASHED);
        } else if (slot.making()) {
            fail(slot, Failure.of(worker.model(), new IllegalStateException("the worker died")));
        }
    }

    private boolean isMadeFor(Slot slot, JobShare share) {
        return slot.claim() != null && slot.claim().share() == share;
    }

    private void unbind(Slot slot, RuntimeException reason) {
        Claim claim = slot.claim();
        if (claim != null) {
            slot.bind(null);
            claim.share().giveBack();
            queue.cancel(claim.share().turn(), timing.now());
            claim.fail(reason);
        }
    }

    private void failWaiting(Pool pool, Failure cause) {
        for (Claim head : queue.heads()) {
            if (head.pool() == pool) {
                queue.drain(head.share().turn(), timing.now()).forEach(claim -> claim.fail(cause.exception()));
            }
        }
    }
}
