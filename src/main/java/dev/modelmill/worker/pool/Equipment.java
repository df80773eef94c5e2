package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelInstance;

/**
 * What a worker that has been made holds. Confined to its thread, but for the watch.
 *
 * @param model the shared model
 * @param instance what it calls
 * @param watch watches the calls
 * @param scratch its buffers
 */
record Equipment(Loaded model, ModelInstance instance, CallWatch watch, Scratch scratch) {

    /** Frees what is the worker's own; the model is left to the others. */
    void close() {
        scratch.close();
        Closing.quietly(instance, "the model instance");
    }
}
