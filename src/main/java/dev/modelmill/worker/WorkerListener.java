package dev.modelmill.worker;

import dev.modelmill.model.ModelVersion;
import java.time.Duration;

/** Hears what workers do; called on their threads, so it must be quick and never throw. */
public interface WorkerListener {

    /** A model was loaded, warm-up included. */
    default void modelLoaded(ModelVersion model, Duration took) {}

    /** A call ended, well or not. */
    default void called(ModelVersion model, int tasks, Duration took) {}

    /** A worker was replaced: {@code crashed}, {@code timeout}, {@code recycled}. */
    default void workerReplaced(ModelVersion model, String reason) {}
}
