package dev.modelmill.worker.pool;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the limits of job, model and service allow: which claims can be granted, which idle worker makes place for another
 * model's, which leases keep others waiting. Guarded by the lock.
 */
final class Limits {

    private final Timing timing;
    private final Workforce workforce;
    private final ClaimQueue<Claim> queue;

    Limits(Timing timing, Workforce workforce, ClaimQueue<Claim> queue) {
        this.timing = timing;
        this.workforce = workforce;
        this.queue = queue;
    }

    /** Whether there is a worker for a claim, or place to make one. */
    boolean grantable(Claim claim) {
        Pool pool = claim.pool();
        return claim.share().hasRoom()
                && (pool.idle().isPresent() || pool.unclaimed().isPresent() || (pool.hasRoom() && placeFor(pool)));
    }

    /** An idle worker of another model that has no use for it, or has had enough of it for what its making cost. */
    Optional<Slot> dispensable(Pool pool) {
        long now = timing.now();
        return workforce.idleOutside(pool, slot -> !wanted(slot.pool()) || now - slot.earnedAt() >= 0);
    }

    /** Tells each lease from when on another job has a use for its worker. */
    void requestYields() {
        List<Claim> waiting = queue.heads();
        workforce.slots().forEach(slot -> {
            ClaimedWorker lease = slot.lease();
            if (lease != null) {
                lease.yieldAt(yieldAt(lease, waiting));
            }
        });
    }

    private boolean placeFor(Pool pool) {
        return !workforce.full() || dispensable(pool).isPresent();
    }

    private boolean wanted(Pool pool) {
        return queue.heads().stream()
                .anyMatch(claim -> claim.pool() == pool && claim.share().hasRoom());
    }

    private static @Nullable Long yieldAt(ClaimedWorker lease, List<Claim> waiting) {
        Slot slot = lease.slot();
        Long at = null;
        for (Claim claim : waiting) {
            if (claim.share() == lease.share() || !claim.share().hasRoom()) {
                continue;
            }
            if (claim.pool() == slot.pool()) {
                return slot.since();
            }
            if (claim.pool().hasRoom()) {
                at = slot.earnedAt();
            }
        }
        return at;
    }
}
