package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerStatus.State;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings claims and workers together: grants claims in the order of the {@link ClaimQueue} as far as the limits of job,
 * model and service allow. Every event that can make a claim grantable ends in {@link #dispatch}. Guarded by the lock: methods that don't say that they take it expect it.
 */
final class Dispatcher {

    private final Guard guard;
    private final Timing timing;
    private final Workforce workforce;
    private final ClaimQueue<Claim> queue = new ClaimQueue<>();
    private final Set<JobShare> shares = new LinkedHashSet<>();
    private final Limits limits;
    private final Making making;
    private boolean closed;

    /**
     * Makes one.
     *
     * @param changed told under the lock when a worker is being made or a thread has ended
     */
    Dispatcher(Guard guard, Timing timing, WorkerListener listener, Workforce workforce, Runnable changed) {
        this.guard = guard;
        this.timing = timing;
        this.workforce = workforce;
        this.limits = new Limits(timing, workforce, queue);
        this.making = new Making(guard, timing, listener, workforce, this, changed);
    }

    Guard guard() {
        return guard;
    }

    Timing timing() {
        return timing;
    }

    /** How workers come and go. */
    Making making() {
        return making;
    }

    /** Opens a share; one that is already stopping when the pools have been closed. */
    JobShare open(String job, ModelVersion model, int maxWorkers, int priority) {
        int most = Math.min(maxWorkers, workforce.maxWorkers(model));
        JobShare share = new JobShare(this, job, model, most, queue.open(priority));
        if (closed) {
            share.markStopping();
        } else {
            shares.add(share);
            workforce.pool(model, timing.now()).refresh(model);
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

    /** Grants what can be granted, and tells the runs for whom the others wait. */
    void dispatch() {
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
        boolean fresh = pool.idle().isEmpty() && pool.unclaimed().isEmpty();
        if (fresh && workforce.full()) {
            limits.dispensable(pool).ifPresent(slot -> workforce.close(slot, now));
        }
        Slot slot = pool.idle()
                .or(pool::unclaimed)
                .orElseGet(() -> making.open(pool, claim.share().job()));
        claim.share().take(slot, now);
        slot.bind(claim);
        if (fresh) {
            making.start(slot);
        } else if (slot.idle()) {
            handOver(slot);
        }
    }

    /** Gives a worker that is ready to the claim that waits for it, if there is one. */
    void handOver(Slot slot) {
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
        Worker worker = lease.claimed();
        slot.lease(null);
        slot.pool().used(now);
        if (worker.current() != null) {
            making.leaveBehind(worker, "its lease was closed during a run");
        }
        String defect = worker.replacementReason();
        if (!worker.dismissed() && defect == null) {
            slot.enter(State.IDLE, now);
        } else if (!worker.dismissed()) {
            making.replace(slot, lease.share().job(), defect);
        }
    }

    private boolean isMadeFor(Slot slot, JobShare share) {
        return slot.claim() != null && slot.claim().share() == share;
    }

    /** Ends the waiting of the claim for which a worker is being made, if there is one. */
    void unbind(Slot slot, RuntimeException reason) {
        Claim claim = slot.claim();
        if (claim != null) {
            slot.bind(null);
            claim.share().giveBack();
            queue.cancel(claim.share().turn(), timing.now());
            claim.fail(reason);
        }
    }

    /** Ends the waiting of all claims of a model. */
    void failWaiting(Pool pool, Failure cause) {
        for (Claim head : queue.heads()) {
            if (head.pool() == pool) {
                queue.drain(head.share().turn(), timing.now()).forEach(claim -> claim.fail(cause.exception()));
            }
        }
    }
}
