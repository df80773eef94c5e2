package dev.modelmill.job.owner;

import dev.modelmill.job.owner.Claim.Attempt;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The patience of a service that starts: makes one claim after the other and waits for those that others hold, up to one
 * deadline for all. Meanwhile a {@link WaitingRoom} may answer in its place. A signal to the process ends the waiting.
 */
final class Takeover implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Takeover.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Duration wait;
    private final @Nullable WaitingRoom room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition end = lock.newCondition();
    private final Thread hook = new Thread(this::stop, "takeover-end");
    private boolean waiting;
    private boolean stopped;
    private long deadline;

    Takeover(Duration wait, @Nullable WaitingRoom room) {
        this.wait = wait;
        this.room = room;
    }

    /**
     * Makes a claim; returns once it holds.
     *
     * @throws NotOwnerException if others hold it until the deadline
     */
    void take(Claim claim) {
        Attempt attempt = claim.attempt();
        while (attempt instanceof Attempt.Refused refused) {
            begin(refused.why());
            if (!pause()) {
                throw new NotOwnerException(
                        refused.why() + " This one has waited " + seconds() + " for it.", claim.remedy());
            }
            attempt = claim.attempt();
        }
    }

    private void begin(String why) {
        if (waiting) {
            return;
        }
        waiting = true;
        deadline = System.nanoTime() + wait.toNanos();
        if (!wait.isZero()) {
            log.warn("{} This one waits up to {} for it.", why, seconds());
            Runtime.getRuntime().addShutdownHook(hook);
            if (room != null) {
                room.open();
            }
        }
    }

    private String seconds() {
        return wait.toMillis() % 1000 == 0 ? wait.toSeconds() + " s" : wait.toMillis() + " ms";
    }

    /** Waits a moment. False where there is no more time. */
    private boolean pause() {
        lock.lock();
        try {
            long left = Math.min(LOOK_NANOS, deadline - System.nanoTime());
            while (left > 0 && !stopped) {
                left = end.awaitNanos(left);
            }
            return !stopped && System.nanoTime() < deadline;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        lock.lock();
        try {
            stopped = true;
            end.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waiting; nobody answers in the service's place any more. Safe twice. */
    @Override
    public void close() {
        if (room != null) {
            room.close();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ends) {
            log.debug("the process is ending", ends);
        }
    }
}
