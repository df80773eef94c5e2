package dev.modelmill.worker;

/**
 * A worker claimed for one run. Owned by the thread that claimed it, which closes it; closing gives the worker back, or
 * replaces it where it broke.
 */
public interface Lease extends AutoCloseable {

    /** The worker's name, {@code digits-1}. */
    String worker();

    /**
     * Runs a task on the worker's thread and waits for it, watching each call's deadline.
     *
     * @throws WorkerLostException if the worker was given up: a call went on for 5 s after it was told to stop
     * @throws Exception what the task threw
     */
    <T> T run(WorkerTask<T> task) throws Exception;

    @Override
    void close();
}
