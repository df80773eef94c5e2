package dev.modelmill.metrics;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.PoolStatus;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerPools;
import dev.modelmill.worker.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Meters what workers do. The workers of a model are counted from its first sign of life on; the pools are asked late,
 * because they know their listeners.
 */
@Component
class WorkerMeters implements WorkerListener {

    private final Meters meters;
    private final Cached<List<PoolStatus>> pools;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    WorkerMeters(Meters meters, ObjectProvider<WorkerPools> pools) {
        this.meters = meters;
        this.pools = new Cached<>(() -> pools.getObject().all(), System::nanoTime);
    }

    @Override
    public void modelLoaded(ModelVersion model, Duration took) {
        watch(model.name());
        meters.modelLoad(model.name()).record(took);
    }

    @Override
    public void called(ModelVersion model, int tasks, Duration took) {
        watch(model.name());
        meters.inference(model.name()).record(took);
        meters.batchSize(model.name()).record(tasks);
    }

    @Override
    public void workerReplaced(ModelVersion model, String reason) {
        watch(model.name());
        meters.workerReplaced(model.name(), reason).increment();
    }

    private void watch(String model) {
        if (known.add(model)) {
            meters.workers(model, WorkerStatus.State.IDLE, () -> count(model, PoolStatus::idle));
            meters.workers(model, WorkerStatus.State.BUSY, () -> count(model, PoolStatus::busy));
            meters.workers(model, WorkerStatus.State.STARTING, () -> count(model, PoolStatus::starting));
        }
    }

    /** The workers of all versions of a model. */
    private @Nullable Number count(String model, ToIntFunction<PoolStatus> part) {
        List<PoolStatus> all = pools.get();
        return all == null
                ? null
                : all.stream()
                        .filter(pool -> pool.model().name().equals(model))
                        .mapToInt(part)
                        .sum();
    }
}
