package dev.modelmill.worker.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: weighted fair queueing over the shares. A share's virtual time grows with the time that it holds
 * leases, divided by its weight; the waiting share with the least goes first, among equals the one that has waited
 * longest. A share that is new or comes back starts at the least virtual time of those at work, so nobody saves up turns
 * and nobody pays for time when it was alone.
 *
 * <p>Two steps of priority double the weight, {@code 2^((priority - 5) / 2)}: priority 9 gets four times what 5 gets, and
 * 0 still a twenty-third of what 9 gets.
 *
 * <p>Pure: no threads, no clock of its own. Not thread-safe; the guard's lock guards it. Times are those of
 * {@link System#nanoTime}.
 *
 * @param <C> a claim
 */
final class ClaimQueue<C> {

    private static final Comparator<Turn<?>> ORDER =
            Comparator.<Turn<?>>comparingDouble(Turn::due).thenComparingLong(Turn::oldest);

    private final Set<Turn<C>> active = new LinkedHashSet<>();
    private double clock;
    private long last;
    private long claims;

    /** A place for a share of a priority from 0 to 9. */
    Turn<C> open(int priority) {
        return new Turn<>(Math.pow(2, (priority - 5) / 2.0));
    }

    /** A claim begins to wait. */
    void join(Turn<C> turn, C claim, long now) {
        advance(now);
        if (active.add(turn)) {
            turn.comeBack(clock);
        }
        turn.await(claim, ++claims);
    }

    /** All waiting claims of a share wait no longer. */
    List<C> drain(Turn<C> turn, long now) {
        advance(now);
        List<C> claims = turn.drain();
        forgetIfIdle(turn);
        return claims;
    }

    /** Takes out the claim whose turn it is among those that can be granted. */
    @Nullable
    C next(long now, Predicate<C> grantable) {
        advance(now);
        return active.stream()
                .filter(Turn::waits)
                .filter(turn -> grantable.test(turn.first()))
                .min(ORDER)
                .map(Turn::grant)
                .orElse(null);
    }

    /** A granted lease begins: from now on it counts. */
    void start(Turn<C> turn, long now) {
        advance(now);
        turn.start();
    }

    /** A lease that had started ends. */
    void end(Turn<C> turn, long now) {
        advance(now);
        turn.end();
        forgetIfIdle(turn);
    }

    /** A granted lease ends before it started. */
    void cancel(Turn<C> turn, long now) {
        advance(now);
        turn.cancel();
        forgetIfIdle(turn);
    }

    /** The first waiting claim of each share that waits. */
    List<C> heads() {
        List<C> heads = new ArrayList<>();
        for (Turn<C> turn : active) {
            if (turn.waits()) {
                heads.add(turn.first());
            }
        }
        return heads;
    }

    /** All waiting claims. */
    int size() {
        return active.stream().mapToInt(Turn::size).sum();
    }

    private void forgetIfIdle(Turn<C> turn) {
        if (!turn.active()) {
            active.remove(turn);
        }
    }

    private void advance(long now) {
        double seconds = active.isEmpty() ? 0 : Timing.seconds(now - last);
        last = now;
        double least = Double.POSITIVE_INFINITY;
        for (Turn<C> turn : active) {
            turn.accrue(seconds);
            least = Math.min(least, turn.virtualTime());
        }
        if (!active.isEmpty()) {
            clock = Math.max(clock, least);
        }
    }
}
