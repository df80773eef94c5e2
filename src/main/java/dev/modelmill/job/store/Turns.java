package dev.modelmill.job.store;

import dev.modelmill.job.ServiceBusyException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets those who act on the same thing go one after the other, and everybody else at once. Keeps nothing of things that
 * nobody acts on. One service owns a data folder, so turns within its process are enough. Shared between threads.
 */
public final class Turns {

    private final Duration atMost;
    private final ConcurrentMap<String, Turn> turns = new ConcurrentHashMap<>();

    /** A lock and how many hold or await it. */
    private record Turn(ReentrantLock lock, int takers) {}

    /**
     * Begins with nobody waiting.
     *
     * @param atMost how long anybody waits for a turn
     */
    public Turns(Duration atMost) {
        this.atMost = atMost;
    }

    /**
     * Does something while nobody else acts on the thing of that name; the thread that has the turn may take it again.
     *
     * @throws ServiceBusyException if the one before takes too long; nothing was done then
     */
    public <T> T alone(String name, Supplier<T> action) {
        Turn turn = turns.compute(
                name,
                (key, known) ->
                        known == null ? new Turn(new ReentrantLock(true), 1) : new Turn(known.lock, known.takers + 1));
        try {
            await(turn.lock);
            try {
                return action.get();
            } finally {
                turn.lock.unlock();
            }
        } finally {
            turns.computeIfPresent(
                    name, (key, known) -> known.takers == 1 ? null : new Turn(known.lock, known.takers - 1));
        }
    }

    /** The same for what gives nothing. */
    public void alone(String name, Runnable action) {
        alone(name, () -> {
            action.run();
            return true;
        });
    }

    /** How many things anybody acts on or waits for. */
    int size() {
        return turns.size();
    }

    private void await(ReentrantLock lock) {
        try {
            if (lock.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ServiceBusyException("another request about the same job is still under way; try again in a moment");
    }
}
