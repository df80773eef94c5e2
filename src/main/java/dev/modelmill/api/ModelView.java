package dev.modelmill.api;

import dev.modelmill.job.speed.ModelSpeed;
import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Models;
import dev.modelmill.model.Signature;
import dev.modelmill.worker.PoolStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model version as users see it.
 *
 * @param name the model's name
 * @param version the version
 * @param versions all versions of the model, ascending
 * @param description for people
 * @param runtime what runs it
 * @param state whether it is in memory
 * @param inputs what it takes; null where unknown
 * @param outputs what it gives, by the names in results; null where unknown
 * @param batchSize tasks a call; null where it is still to be measured
 * @param loadSeconds how long loading took; null where it is not in memory
 * @param memoryBytes memory that it holds; null where unknown
 * @param tasksPerSecond what one worker does, as the last job showed; null where unknown
 * @param workers its workers
 * @param error why it can't be used; null where it can
 */
record ModelView(
        String name,
        String version,
        List<String> versions,
        @Nullable String description,
        @Nullable String runtime,
        PoolStatus.State state,
        @Nullable List<Tensor> inputs,
        @Nullable List<Tensor> outputs,
        @Nullable Integer batchSize,
        @Nullable Double loadSeconds,
        @Nullable Long memoryBytes,
        @Nullable Double tasksPerSecond,
        Workers workers,
        @Nullable String error) {

    /**
     * An input or output.
     *
     * @param name its name
     * @param type the type of its values
     * @param shape its shape, -1 for a dynamic axis; null for maps and sequences
     */
    record Tensor(String name, String type, @Nullable List<Long> shape) {}

    /**
     * The workers of a model.
     *
     * @param max most at a time
     * @param idle those that wait
     * @param busy those that run
     */
    record Workers(int max, int idle, int busy) {}

    static ModelView of(Models.Entry entry, @Nullable PoolStatus pool, @Nullable ModelSpeed speed, int totalWorkers) {
        ModelVersion model = entry.model();
        ModelSettings settings = model == null ? null : model.settings();
        String error = entry.error() != null || pool == null ? entry.error() : pool.error();
        return new ModelView(
                entry.name(),
                entry.version(),
                entry.versions(),
                settings == null ? null : settings.description(),
                settings == null ? null : settings.runtime(),
                state(entry, pool),
                inputs(entry.signature()),
                outputs(entry.signature()),
                batchSize(entry.signature(), settings, speed),
                pool == null ? null : pool.loadSeconds(),
                pool == null ? null : pool.memoryBytes(),
                speed == null || speed.secondsPerTask() == 0 ? null : 1 / speed.secondsPerTask(),
                workers(settings, pool, totalWorkers),
                error);
    }

    private static PoolStatus.State state(Models.Entry entry, @Nullable PoolStatus pool) {
        if (entry.error() != null) {
            return PoolStatus.State.ERROR;
        }
        return pool == null ? PoolStatus.State.UNLOADED : pool.state();
    }

    private static @Nullable List<Tensor> inputs(@Nullable Signature signature) {
        return signature == null
                ? null
                : signature.inputs().stream()
                        .map(input -> new Tensor(input.name(), input.type().label(), input.shape()))
                        .toList();
    }

    private static @Nullable List<Tensor> outputs(@Nullable Signature signature) {
        return signature == null
                ? null
                : signature.outputs().stream()
                        .map(output -> new Tensor(output.resultName(), output.type(), output.shape()))
                        .toList();
    }

    /** One where tasks can't go together. */
    private static @Nullable Integer batchSize(
            @Nullable Signature signature, @Nullable ModelSettings settings, @Nullable ModelSpeed speed) {
        if (signature != null && !signature.batched()) {
            return 1;
        }
        if (settings != null && settings.batchSize() != null) {
            return settings.batchSize();
        }
        return speed == null ? null : speed.batchSize();
    }

    private static Workers workers(@Nullable ModelSettings settings, @Nullable PoolStatus pool, int totalWorkers) {
        if (pool != null) {
            return new Workers(pool.maxWorkers(), pool.idle(), pool.busy());
        }
        Integer max = settings == null ? null : settings.workers();
        return new Workers(max == null ? totalWorkers : Math.min(max, totalWorkers), 0, 0);
    }
}
