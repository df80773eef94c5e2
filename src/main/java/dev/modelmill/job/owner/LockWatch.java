package dev.modelmill.job.owner;

import dev.modelmill.job.owner.Claim.Attempt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the lock of a PostgreSQL database on a thread of its own: takes it again after the database was away, and ends
 * the service if another one has it then.
 */
final class LockWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LockWatch.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final PostgresLock lock;
    private final Consumer<String> lost;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition end = mutex.newCondition();
    private final Thread thread = new Thread(this::watch, "database-lock");
    private boolean closed;
    private boolean away;

    /**
     * Begins to watch.
     *
     * @param lost is told once, on the watching thread, who else holds the database
     */
    LockWatch(PostgresLock lock, Consumer<String> lost) {
        this.lock = lock;
        this.lost = lost;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (awaitLook()) {
            try {
                if (!lock.isAlive() && !again()) {
                    return;
                }
            } catch (RuntimeException e) {
                log.error("the lock of the database could not be looked at; trying again", e);
            }
        }
    }

    /** False where the lock is lost for good. */
    private boolean again() {
        Attempt attempt = lock.attempt();
        if (attempt instanceof Attempt.Refused refused) {
            if (refused.byAnother()) {
                lost.accept(refused.why());
                return false;
            }
            if (!away) {
                log.warn("The lock of the database was lost and is taken again when it is back. {}", refused.why());
            }
            away = true;
            return true;
        }
        log.info("the lock of the database is held again");
        away = false;
        return true;
    }

    private boolean awaitLook() {
        mutex.lock();
        try {
            long left = LOOK_NANOS;
            while (left > 0 && !closed) {
                left = end.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            mutex.unlock();
        }
    }

    /** Watches no more; the thread may still be asking the server, for some seconds. Safe twice. */
    @Override
    public void close() {
        mutex.lock();
        try {
            closed = true;
            end.signalAll();
        } finally {
            mutex.unlock();
        }
    }
}
