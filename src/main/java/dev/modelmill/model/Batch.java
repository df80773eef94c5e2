package dev.modelmill.model;

/**
 * The tasks of one call of a model, as the runtime takes them: tensors for a runtime in this process. Owned by the worker
 * that filled it and used by its thread only.
 */
public sealed interface Batch permits TensorBatch {

    /** Tasks in the batch, at least 1. */
    int size();
}
