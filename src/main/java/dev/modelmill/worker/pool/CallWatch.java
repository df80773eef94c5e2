package dev.modelmill.worker.pool;

import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.ModelInstance;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the calls of one worker. The worker's thread marks their beginning and end; the thread that waits for the run
 * {@link #look}s, stops a call that is late or unwanted, and learns when to look again. Nobody has to be woken when a call
 * begins: one that begins after a look can't be late before the next.
 *
 * <p>Guarded by its own monitor, so that a call that has just ended is never stopped in place of its successor, and a call
 * is either ended or given up, never both.
 */
final class CallWatch {

    /** What {@link #look} answers when a call did not stop in time: the worker is to be given up. */
    static final long LOST = -1;

    /** A call told to stop in the instant before the runtime began with it may not have heard, so it is told again. */
    private static final long REPEAT = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);

    private final ModelInstance instance;
    private final long timeout;
    private final long grace;

    private boolean underWay;
    private long startedAt;
    private Ending ending = Ending.DONE;
    private long stoppedAt;

    CallWatch(ModelInstance instance, long timeout, long grace) {
        this.instance = instance;
        this.timeout = timeout;
        this.grace = grace;
    }

    /** How a call ended. */
    enum Ending {
        /** By itself. */
        DONE,
        /** After it was told to stop because it was late. */
        TIMED_OUT,
        /** After it was told to stop because its job is stopping. */
        STOPPED,
        /** Too late: the worker has been given up. */
        LOST
    }

    /**
     * A call begins.
     *
     * @throws CallTerminatedException if it may not, because the job is stopping
     */
    synchronized void begin(long now, BooleanSupplier stopping) {
        if (ending == Ending.LOST) {
            throw new CallTerminatedException("the worker has been given up");
        }
        if (stopping.getAsBoolean()) {
            throw new CallTerminatedException("the job is stopping");
        }
        underWay = true;
        ending = Ending.DONE;
        startedAt = now;
    }

    /** The call has ended. */
    synchronized Ending end() {
        underWay = false;
        return ending;
    }

    /** Stops the call under way where that is due; how many nanoseconds may pass until the next look, or {@link #LOST}. */
    synchronized long look(long now, boolean stopping) {
        if (ending == Ending.LOST) {
            return LOST;
        }
        if (!underWay) {
            return timeout;
        }
        if (ending == Ending.DONE && !decideToStop(now, stopping)) {
            return timeout - (now - startedAt);
        }
        return insist(now);
    }

    /** Gives the worker up, whatever it does. */
    synchronized void giveUp() {
        ending = Ending.LOST;
    }

    synchronized boolean lost() {
        return ending == Ending.LOST;
    }

    private boolean decideToStop(long now, boolean stopping) {
        boolean late = now - startedAt >= timeout;
        if (late || stopping) {
            ending = late ? Ending.TIMED_OUT : Ending.STOPPED;
            stoppedAt = now;
        }
        return late || stopping;
    }

    private void terminate() {
        try {
            instance.terminate();
        } catch (RuntimeException e) {
            LOG.error("could not stop a call", e);
        }
    }

    private long insist(long now) {
        long left = grace - (now - stoppedAt);
        if (left <= 0) {
            ending = Ending.LOST;
            return LOST;
        }
        terminate();
        return Math.min(REPEAT, left);
    }
}
