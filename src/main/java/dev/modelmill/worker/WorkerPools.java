package dev.modelmill.worker;

import dev.modelmill.model.ModelVersion;
import java.util.List;
import java.util.Optional;

/** All workers of the service: a pool per model version. Shared between threads. */
public interface WorkerPools extends AutoCloseable {

    /**
     * Opens a job's place among those that share the workers.
     *
     * @param job the job's id, for logs and fairness
     * @param model the model that its workers hold
     * @param maxWorkers most workers at a time, or {@link Integer#MAX_VALUE}
     * @param priority 0 to 9; a higher one gets a larger share
     */
    WorkerShare share(String job, ModelVersion model, int maxWorkers, int priority);

    /** How a model's pool is, or nothing where it was never asked for or has been unloaded. */
    Optional<PoolStatus> status(ModelVersion model);

    /** The pools that exist. */
    List<PoolStatus> all();

    /** Stops all shares, waits for the workers' threads a few seconds, frees the models. Safe twice. */
    @Override
    void close();
}
