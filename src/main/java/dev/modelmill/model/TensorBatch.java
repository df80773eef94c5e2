package dev.modelmill.model;

import java.util.List;

/**
 * Tasks of one shape as one tensor per input of the signature, in the signature's order.
 *
 * @param size tasks in the batch
 * @param inputs a tensor per input, each with {@code size} tasks
 */
public record TensorBatch(int size, List<Tensor> inputs) implements Batch {}
