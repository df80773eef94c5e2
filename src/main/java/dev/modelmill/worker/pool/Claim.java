package dev.modelmill.worker.pool;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A thread that waits for a worker: settled once, by a lease or by the reason why there is none. Guarded by the lock. */
final class Claim {

    private final JobShare share;
    private final Pool pool;
    private final Condition settled;
    private @Nullable ClaimedWorker lease;
    private @Nullable RuntimeException failure;

    Claim(JobShare share, Pool pool, Condition settled) {
        this.share = share;
        this.pool = pool;
        this.settled = settled;
    }

    JobShare share() {
        return share;
    }

    Pool pool() {
        return pool;
    }

    void grant(ClaimedWorker worker) {
        lease = worker;
        settled.signal();
    }

    void fail(RuntimeException reason) {
        failure = reason;
        settled.signal();
    }

    /** Waits for the lease; with the lock, which the waiting gives up. */
    ClaimedWorker await() {
        try (Patience patience = new Patience()) {
            while (lease == null && failure == null) {
                patience.await(settled);
            }
        }
        if (lease == null) {
            throw failure;
        }
        return lease;
    }
}
