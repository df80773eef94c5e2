package dev.modelmill.worker.pool;

import dev.modelmill.worker.WorkerStatus.State;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A numbered place for one worker in a pool. The worker in it may be replaced; the name stays. Guarded by the dispatcher's
 * lock.
 */
final class Slot {

    /** A worker serves its model for so many times its own making before another model may take its place. */
    private static final int EARNINGS = 2;

    /** Longest in its state first; the clock may overflow in between. */
    static final Comparator<Slot> OLDEST = (one, other) -> Long.signum(one.since - other.since);

    private final Pool pool;
    private final int number;
    private Worker worker;
    private State state = State.STARTING;
    private long since;
    private long readyAt;
    private long openNanos;
    private long makeNanos;
    private int replacements;
    private @Nullable Claim claim;
    private @Nullable ClaimedWorker lease;

    Slot(Pool pool, int number, Worker.Maker maker, long now) {
        this.pool = pool;
        this.number = number;
        this.since = now;
        this.worker = maker.make(this);
    }

    Pool pool() {
        return pool;
    }

    int number() {
        return number;
    }

    /** {@code digits-1}. */
    String name() {
        return pool.model().name() + "-" + number;
    }

    Worker worker() {
        return worker;
    }

    State state() {
        return state;
    }

    /** When it came into its state. */
    long since() {
        return since;
    }

    int replacements() {
        return replacements;
    }

    /** How long making the worker took, loading included. */
    long makeNanos() {
        return makeNanos;
    }

    boolean idle() {
        return state == State.IDLE;
    }

    boolean busy() {
        return state == State.BUSY;
    }

    /** Whether its worker is being made, for the first time or again. */
    boolean making() {
        return state == State.STARTING || state == State.REPLACING;
    }

    /** The claim that waits for its worker to be made. */
    @Nullable
    Claim claim() {
        return claim;
    }

    void bind(@Nullable Claim claim) {
        this.claim = claim;
    }

    /** The lease that holds its worker. */
    @Nullable
    ClaimedWorker lease() {
        return lease;
    }

    void lease(@Nullable ClaimedWorker lease) {
        this.lease = lease;
    }

    void replace(Worker.Maker maker, long now) {
        enter(State.REPLACING, now);
        replacements++;
        worker = maker.make(this);
    }

    void ready(long openNanos, long now) {
        this.openNanos = openNanos;
        makeNanos = now - since;
        readyAt = now;
        enter(State.IDLE, now);
    }

    void enter(State state, long now) {
        this.state = state;
        since = now;
    }

    /** From when on another model may take its place although its own has claims waiting. */
    long earnedAt() {
        return readyAt + EARNINGS * openNanos;
    }
}
