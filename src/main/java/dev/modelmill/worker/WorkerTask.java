package dev.modelmill.worker;

/**
 * Work that runs on a worker's thread for about a second.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface WorkerTask<T> {

    /**
     * Does the work. Never touches a database: the thread may be given up when a call hangs.
     *
     * @throws Exception whatever goes wrong; it reaches the caller of {@link Lease#run} as it is
     */
    T run(WorkerContext worker) throws Exception;
}
