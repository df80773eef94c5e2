package dev.modelmill.model;

/** A model in memory, shared by its workers. {@link #open} may be called from any thread. */
public interface LoadedModel extends AutoCloseable {

    /** What the model takes and gives. */
    Signature signature();

    /** Memory that the model holds, as well as it can be known; 0 where it can't. */
    long memoryBytes();

    /**
     * Runs the model once on made-up values, so that the first call of a job is not slow. Called once, by the thread that
     * loaded it, before {@link #open}.
     *
     * @throws ModelException if the model can't run
     */
    default void warmUp() {}

    /**
     * Opens what one worker needs beside the shared model; for an in-process runtime that is next to nothing.
     *
     * @param worker the worker's name
     * @throws ModelException if that fails
     */
    ModelInstance open(String worker);

    /** Frees the model. The owner closes it after the last instance; safe to call twice. */
    @Override
    void close();
}
