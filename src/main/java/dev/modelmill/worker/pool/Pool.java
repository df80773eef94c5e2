package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.PoolStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The workers of one model version and the model that they share. Guarded by the lock. */
final class Pool {

    private final SharedModel shared;
    private final int maxWorkers;
    private final TreeSet<Slot> slots = new TreeSet<>(Comparator.comparingInt(Slot::number));
    private ModelVersion model;
    private long lastUsed;
    private @Nullable String error;

    Pool(ModelVersion model, SharedModel shared, int maxWorkers, long now) {
        this.model = model;
        this.shared = shared;
        this.maxWorkers = maxWorkers;
        this.lastUsed = now;
    }

    /** What makes two model versions the same model in memory: all but where its files lie and when they were touched. */
    record Key(String name, String version, String digest, ModelSettings settings) {

        static Key of(ModelVersion model) {
            return new Key(model.name(), model.version(), model.digest(), model.settings());
        }
    }

    ModelVersion model() {
        return model;
    }

    /** Takes the latest look at the same model, whose files may have been touched since. */
    void refresh(ModelVersion latest) {
        model = latest;
    }

    SharedModel shared() {
        return shared;
    }

    int maxWorkers() {
        return maxWorkers;
    }

    TreeSet<Slot> slots() {
        return slots;
    }

    boolean hasRoom() {
        return slots.size() < maxWorkers;
    }

    Optional<Slot> idle() {
        return first(Slot::idle);
    }

    /** A worker being made that no claim waits for. */
    Optional<Slot> unclaimed() {
        return first(slot -> slot.making() && slot.claim() == null);
    }

    /** The workers being made, as a copy. */
    List<Slot> making() {
        return slots.stream().filter(Slot::making).toList();
    }

    boolean working() {
        return first(slot -> !slot.idle()).isPresent();
    }

    long lastUsed() {
        return lastUsed;
    }

    void used(long now) {
        lastUsed = now;
    }

    void failed(String message) {
        error = message;
    }

    void works() {
        error = null;
    }

    PoolStatus status() {
        Loaded loaded = shared.loaded();
        return new PoolStatus(
                model,
                state(loaded),
                loaded == null ? null : Timing.seconds(loaded.took().toNanos()),
                loaded == null || loaded.memoryBytes() == 0 ? null : loaded.memoryBytes(),
                maxWorkers,
                count(Slot::idle),
                count(Slot::busy),
                count(Slot::making),
                error);
    }

    private PoolStatus.State state(@Nullable Loaded loaded) {
        if (shared.isLoading()) {
            return PoolStatus.State.LOADING;
        }
        if (error != null && first(slot -> !slot.making()).isEmpty()) {
            return PoolStatus.State.ERROR;
        }
        return loaded == null ? PoolStatus.State.UNLOADED : PoolStatus.State.LOADED;
    }

    private int count(Predicate<Slot> what) {
        return (int) slots.stream().filter(what).count();
    }

    private Optional<Slot> first(Predicate<Slot> what) {
        return slots.stream().filter(what).findFirst();
    }
}
