package dev.modelmill.model;

import java.util.Optional;

/** A model in memory, shared by its workers. {@link #open} may be called from any thread. */
public interface LoadedModel extends AutoCloseable {

    /** What the model takes and gives. */
    Signature signature();

    /** Memory that the model holds, as well as it can be known; 0 where it can't. */
    long memoryBytes();

    /**
     * Opens what one worker needs beside the shared model; for an in-process runtime that is next to nothing.
     *
     * @param worker the worker's name
     * @throws ModelException if that fails
     */
    ModelInstance open(String worker);

    /**
     * Runs the model once on zeros and empty strings, so that the first real call is as fast as the others, and checks that
     * its outputs follow the batch. Blocks like a call. May be called from any thread before or beside real calls.
     *
     * @return why the model refused the zeros (also logged), which says nothing about real tasks; nothing where it ran
     * @throws ModelException if an output does not follow the batch, so that the model can't be used as it is set up
     */
    default Optional<String> warmUp() {
        return Optional.empty();
    }

    /** Frees the model. The owner closes it after the last instance; safe to call twice. */
    @Override
    void close();
}
