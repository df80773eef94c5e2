package dev.modelmill.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code model.yml} says; {@link #DEFAULTS} where there is none. Null and empty mean not said. Immutable.
 *
 * @param runtime {@code onnx} or {@code process}
 * @param description for people
 * @param batching {@code auto} or {@code none}
 * @param batchSize tasks a call; null: measured
 * @param workers most workers of this model; null: as many as the service has
 * @param threads threads inside one call
 * @param timeout of one call
 * @param startTimeout of loading
 * @param isolation {@code none} or {@code process}
 * @param maxTasksPerWorker then the worker is replaced; null: never
 * @param maxMemory bytes of a child process, then the worker is replaced; null: unlimited
 * @param inputs what is said of single inputs, by input name
 * @param outputs the outputs to keep, by name in the model, to the name in the results, in order; null: all
 * @param command how to start a child process
 * @param env environment of a child process
 */
public record ModelSettings(
        String runtime,
        @Nullable String description,
        String batching,
        @Nullable Integer batchSize,
        @Nullable Integer workers,
        int threads,
        Duration timeout,
        Duration startTimeout,
        String isolation,
        @Nullable Long maxTasksPerWorker,
        @Nullable Long maxMemory,
        Map<String, Input> inputs,
        @Nullable Map<String, String> outputs,
        List<String> command,
        Map<String, String> env) {

    /** The settings of a model without {@code model.yml}. */
    public static final ModelSettings DEFAULTS = new ModelSettings(
            "onnx",
            null,
            "auto",
            null,
            null,
            1,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            "none",
            null,
            null,
            Map.of(),
            null,
            List.of(),
            Map.of());

    /**
     * What is said of one input.
     *
     * @param source where its values come from
     * @param shape the shape of one task's values; null: the model's
     * @param type the type of the values, for {@code runtime: process} only; else null
     */
    public record Input(
            InputSpec.Source source,
            @Nullable List<Long> shape,
            @Nullable ElementType type) {}
}
