package dev.modelmill.worker;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelmill.model.ModelVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the pool of one model version is.
 *
 * @param model the model version
 * @param state whether the model is in memory
 * @param loadSeconds how long loading took; null before
 * @param memoryBytes memory that the loaded model holds; null where unknown or unloaded
 * @param maxWorkers most workers of this model
 * @param idle workers that wait
 * @param busy workers that run
 * @param starting workers being made or replaced
 * @param error why loading failed last; null where it did not
 */
public record PoolStatus(
        ModelVersion model,
        State state,
        @Nullable Double loadSeconds,
        @Nullable Long memoryBytes,
        int maxWorkers,
        int idle,
        int busy,
        int starting,
        @Nullable String error) {

    /** Whether the model is in memory. */
    public enum State {
        UNLOADED,
        LOADING,
        LOADED,
        ERROR;

        /** {@code loaded}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
