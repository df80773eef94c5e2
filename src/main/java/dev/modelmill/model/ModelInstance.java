package dev.modelmill.model;

/** What one worker calls. Confined to the worker's thread, but for {@link #terminate}. */
public interface ModelInstance extends AutoCloseable {

    /**
     * Runs the model on a batch; blocks until it is done or {@link #terminate}d. The outputs are to be closed before the
     * next call.
     *
     * @throws ModelException if the model refuses the batch, with the runtime's message; the instance stays usable
     * @throws CallTerminatedException if {@link #terminate} stopped the call; the instance stays usable
     */
    Outputs run(Batch batch);

    /** Stops the call under way, if there is one, as soon as the runtime can; from any thread; never blocks. */
    void terminate();

    /** Frees what the instance holds; safe to call twice, never during a call. */
    @Override
    void close();
}
