package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done by the clock: unload models that nobody uses, give up workers whose making takes too long; and the
 * end of it all. Takes the lock where it needs it; logs and closes models without it.
 */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Guard guard;
    private final Timing timing;
    private final Workforce workforce;
    private final Dispatcher dispatcher;
    private final Condition changed;
    private boolean closed;

    Upkeep(Guard guard, Timing timing, Workforce workforce, Dispatcher dispatcher, Condition changed) {
        this.guard = guard;
        this.timing = timing;
        this.workforce = workforce;
        this.dispatcher = dispatcher;
        this.changed = changed;
    }

    /** Waits until there may be something to do; false once closed. */
    boolean await() {
        return guard.get(() -> {
            try (Patience patience = new Patience()) {
                if (!closed) {
                    patience.await(changed, Math.max(SHORTEST_PAUSE, pause()));
                }
            }
            return !closed;
        });
    }

    /** Does what is due. */
    void sweep() {
        List<Runnable> afterwards = new ArrayList<>();
        guard.run(() -> {
            for (Pool pool : workforce.pools()) {
                giveUpLate(pool, afterwards);
                unloadIdle(pool, afterwards);
            }
        });
        afterwards.forEach(Runnable::run);
    }

    /** Makes all runs look at the clock again, for tests that move it by hand. */
    void nudge() {
        guard.run(() -> {
            workforce.workers().forEach(Worker::nudge);
            changed.signalAll();
        });
    }

    /** Stops the shares, waits for the threads as long as the grace allows, gives up the rest. Safe twice. */
    void close() {
        List<Runnable> afterwards = new ArrayList<>();
        guard.run(() -> {
            closed = true;
            dispatcher.shutDown();
            workforce.pools().forEach(pool -> unload(pool, afterwards));
            changed.signalAll();
        });
        afterwards.forEach(Runnable::run);
        guard.run(this::awaitThreads);
    }

    private void awaitThreads() {
        long start = timing.now();
        try (Patience patience = new Patience()) {
            long left = Timing.nanos(timing.closeGrace());
            while (left > 0 && !workforce.workers().isEmpty()) {
                patience.await(changed, left);
                left = Timing.nanos(timing.closeGrace()) - (timing.now() - start);
            }
        }
        workforce.workers().forEach(worker -> dispatcher.making().leaveBehind(worker, "the service is stopping"));
    }

    private long pause() {
        long now = timing.now();
        long pause = Timing.nanos(timing.modelIdleTimeout());
        for (Pool pool : workforce.pools()) {
            if (!dispatcher.inUse(pool)) {
                pause = Math.min(pause, Timing.nanos(timing.modelIdleTimeout()) - (now - pool.lastUsed()));
            }
            for (Slot slot : pool.making()) {
                pause = Math.min(pause, startTimeout(slot) - (now - slot.since()));
            }
        }
        return pause;
    }

    /** The one that loads the model began before those that wait for it, so the oldest comes first. */
    private void giveUpLate(Pool pool, List<Runnable> afterwards) {
        Optional<Slot> late = late(pool);
        while (late.isPresent()) {
            Worker worker = late.get().worker();
            Failure failure = Failure.tooSlow(worker.model());
            afterwards.add(() -> ClaimLog.within(worker.job(), worker.name(), failure::log));
            dispatcher.making().abandon(worker);
            dispatcher.making().fail(late.get(), failure);
            late = late(pool);
        }
    }

    private Optional<Slot> late(Pool pool) {
        long now = timing.now();
        return pool.making().stream().min(Slot.OLDEST).filter(slot -> now - slot.since() >= startTimeout(slot));
    }

    private static long startTimeout(Slot slot) {
        return Timing.nanos(slot.pool().model().settings().startTimeout());
    }

    private void unloadIdle(Pool pool, List<Runnable> afterwards) {
        boolean idle = timing.now() - pool.lastUsed() >= Timing.nanos(timing.modelIdleTimeout());
        if (idle && !dispatcher.inUse(pool)) {
            ModelVersion model = pool.model();
            afterwards.add(() -> LOG.info(
                    "unloading model {}: unused for {}", model.reference(), Timing.text(timing.modelIdleTimeout())));
            unload(pool, afterwards);
        }
    }

    /** Workers first: the last to leave closes the model; without workers it is closed afterwards. */
    private void unload(Pool pool, List<Runnable> afterwards) {
        List.copyOf(pool.slots()).forEach(slot -> workforce.close(slot, timing.now()));
        pool.shared().retire().ifPresent(model -> afterwards.add(model::close));
        workforce.remove(pool);
    }
}
