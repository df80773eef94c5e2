package dev.modelmill.worker.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One share's place in a {@link ClaimQueue}: its waiting claims, and how much it has been served. Guarded like the queue.
 *
 * @param <C> a claim
 */
final class Turn<C> {

    /** What a lease is counted with from its grant on, so that several free workers don't all go to one share. */
    private static final double EXPECTED_RUN_SECONDS = 1;

    private final double weight;
    private final Deque<Waiting<C>> waiting = new ArrayDeque<>();
    private double virtualTime;
    private int granted;
    private int running;

    Turn(double weight) {
        this.weight = weight;
    }

    private record Waiting<C>(C claim, long number) {}

    void await(C claim, long number) {
        waiting.add(new Waiting<>(claim, number));
    }

    List<C> drain() {
        List<C> claims = waiting.stream().map(Waiting::claim).toList();
        waiting.clear();
        return claims;
    }

    boolean waits() {
        return !waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    C first() {
        return waiting.getFirst().claim();
    }

    /** Where its oldest claim stands among all claims ever made. */
    long oldest() {
        return waiting.getFirst().number();
    }

    C grant() {
        granted++;
        return waiting.removeFirst().claim();
    }

    void start() {
        running++;
    }

    void end() {
        granted--;
        running--;
    }

    void cancel() {
        granted--;
    }

    boolean active() {
        return granted > 0 || waits();
    }

    /** Makes up for absence: who was away has not saved up turns. */
    void comeBack(double clock) {
        virtualTime = Math.max(virtualTime, clock);
    }

    void accrue(double seconds) {
        virtualTime += seconds * running / weight;
    }

    double virtualTime() {
        return virtualTime;
    }

    /** What decides whose turn it is: the least goes first. */
    double due() {
        return virtualTime + granted * EXPECTED_RUN_SECONDS / weight;
    }
}
