package dev.modelmill.model;

import java.util.List;

/**
 * What a model takes and gives, after {@code model.yml} has been applied to what the model file declares. Immutable.
 *
 * @param inputs the inputs in the model's order
 * @param outputs the outputs that results keep, in the order in which they appear there
 * @param batching how tasks go through the model together
 */
public record Signature(List<InputSpec> inputs, List<OutputSpec> outputs, Batching batching) {

    /** Copies the lists. */
    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** How tasks go through a model together. */
    public enum Batching {
        /** The first axis of every input and output is a dynamic batch axis. */
        DYNAMIC,
        /** The first axis is the batch axis but fixed at 1: one task a call. */
        ONE,
        /** A task's tensors are the model's, whole, without a batch axis: one task a call. */
        NONE
    }

    /** Whether more than one task may go through the model in one call. */
    public boolean batched() {
        return batching == Batching.DYNAMIC;
    }
}
