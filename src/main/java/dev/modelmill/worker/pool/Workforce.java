package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.WorkerStatus.State;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All pools and the slots in them: their names, their number, their threads. Guarded by the lock. */
final class Workforce {

    private final int total;
    private final Function<ModelVersion, SharedModel> models;
    private final Map<Pool.Key, Pool> pools = new LinkedHashMap<>();
    private final Set<Worker> workers = new HashSet<>();

    Workforce(int total, Function<ModelVersion, SharedModel> models) {
        this.total = total;
        this.models = models;
    }

    /** The pool of a model, made if it does not exist. */
    Pool pool(ModelVersion model, long now) {
        return pools.computeIfAbsent(
                Pool.Key.of(model), key -> new Pool(model, models.apply(model), maxWorkers(model), now));
    }

    Optional<Pool> find(ModelVersion model) {
        return Optional.ofNullable(pools.get(Pool.Key.of(model)));
    }

    /** The pools, as a copy. */
    List<Pool> pools() {
        return List.copyOf(pools.values());
    }

    /** Most workers that a model may have. */
    int maxWorkers(ModelVersion model) {
        Integer most = model.settings().workers();
        return most == null ? total : Math.min(most, total);
    }

    boolean full() {
        return slots().count() >= total;
    }

    Stream<Slot> slots() {
        return pools.values().stream().flatMap(pool -> pool.slots().stream());
    }

    /** The idle worker that makes place for one of the given pool: of the others' the one idle for longest. */
    Optional<Slot> idleOutside(Pool pool, Predicate<Slot> dispensable) {
        return slots().filter(slot -> slot.pool() != pool && slot.idle() && dispensable.test(slot))
                .min(Slot.OLDEST);
    }

    /** A new slot with the smallest number that no worker of the model's name has. */
    Slot open(Pool pool, Worker.Maker maker, long now) {
        BitSet taken = new BitSet();
        slots().filter(slot -> slot.pool().model().name().equals(pool.model().name()))
                .forEach(slot -> taken.set(slot.number()));
        Slot slot = new Slot(pool, taken.nextClearBit(1), maker, now);
        pool.slots().add(slot);
        return slot;
    }

    /** Starts the thread of a slot's new worker; throws an {@link OutOfMemoryError} where the system has no more. */
    void start(Worker worker) {
        Thread thread = new Thread(worker, worker.name());
        thread.setDaemon(true);
        workers.add(worker);
        thread.start();
    }

    /** Closes a slot; its worker ends after its run. */
    void close(Slot slot, long now) {
        slot.pool().slots().remove(slot);
        slot.enter(State.IDLE, now);
        slot.worker().dismiss();
    }

    /** Removes a pool whose slots have all been closed. */
    void remove(Pool pool) {
        pools.values().remove(pool);
    }

    /** The workers whose threads run, as a copy; those given up are not among them. */
    List<Worker> workers() {
        return List.copyOf(workers);
    }

    /** Counts on the worker's thread no longer; false if it did not before. */
    boolean forget(Worker worker) {
        return workers.remove(worker);
    }
}
