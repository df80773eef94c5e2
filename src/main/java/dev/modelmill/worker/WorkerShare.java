package dev.modelmill.worker;

import java.util.List;

/** A job's place among those that share the workers, from its start to its end. Shared between the job's threads. */
public interface WorkerShare extends AutoCloseable {

    /**
     * Waits for a worker and claims it for one run. Granted in turn over the jobs: larger share to a higher priority,
     * least recently served first among equals, never more workers than the job, its model and the service may have. A
     * worker that does not exist yet is made on its own thread, which is waited for, too.
     *
     * @throws ModelUnavailableException if the model can't be loaded, with the loader's message
     * @throws ShareStoppedException if the share has been stopped or closed, also while waiting
     */
    Lease claim();

    /** Most workers that the job can have at a time now: the least of its own, its model's and the service's limit. */
    int maxWorkers();

    /** Stops the job's runs: claims fail, running calls are terminated. From any thread; never blocks; safe twice. */
    void stop();

    /** The workers that have served the job, by name, as they are now. */
    List<WorkerStatus> workers();

    /** Leaves the place; the leases have been closed before. Safe twice. */
    @Override
    void close();
}
