package dev.modelmill.model.onnx;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Signature.Batching;
import dev.modelmill.model.Tensor;
import dev.modelmill.model.TensorBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Makes the batch that a model is tried with: zeros and empty strings, two tasks where a call may take more than one. */
final class WarmUp {

    private WarmUp() {}

    static TensorBatch batch(Signature signature) {
        int size = signature.batched() ? 2 : 1;
        return new TensorBatch(
                size,
                signature.inputs().stream()
                        .map(input -> zeros(input, shape(input, signature.batching(), size)))
                        .toList());
    }

    /** A dynamic inner axis is 1 long. */
    private static long[] shape(InputSpec input, Batching batching, int size) {
        LongStream inner = input.taskShape().stream().mapToLong(axis -> axis < 0 ? 1 : axis);
        return batching == Batching.NONE
                ? inner.toArray()
                : LongStream.concat(LongStream.of(size), inner).toArray();
    }

    private static Tensor zeros(InputSpec input, long[] shape) {
        int elements = Math.toIntExact(new Tensor(input.name(), input.type(), shape, null, null).elements());
        if (input.type() == ElementType.STRING) {
            String[] strings = new String[elements];
            Arrays.fill(strings, "");
            return new Tensor(input.name(), input.type(), shape, null, strings);
        }
        int bytes = Math.multiplyExact(elements, input.type().bytes());
        ByteBuffer data = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        return new Tensor(input.name(), input.type(), shape, data, null);
    }
}
