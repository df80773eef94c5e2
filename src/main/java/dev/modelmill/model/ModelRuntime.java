package dev.modelmill.model;

/** A way to run models: ONNX Runtime in this process, later child processes. Stateless and shared between threads. */
public interface ModelRuntime {

    /** The name that {@code model.yml} uses for it: {@code onnx}. */
    String name();

    /**
     * Finds out what a model takes and gives, without keeping it: as cheap as the runtime can make it. Blocks for as long
     * as reading the model takes.
     *
     * @throws ModelException if the model can't be read, with a message for its owner
     */
    Signature inspect(ModelVersion model);

    /**
     * Loads a model. Heavy: blocks for as long as that takes. The result is shared by all workers of the model.
     *
     * @throws ModelException if the model can't be loaded, with a message for its owner
     */
    LoadedModel load(ModelVersion model);
}
