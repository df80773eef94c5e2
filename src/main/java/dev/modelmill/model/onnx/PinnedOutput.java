package dev.modelmill.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.modelmill.model.ElementType;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Outputs.Column;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An output whose size is known before the call, so that ONNX Runtime writes it into a direct buffer of ours, which is used
 * again in the next call. Confined to one instance.
 */
final class PinnedOutput {

    private final OutputSpec output;
    private final ElementType type;
    private final List<Long> taskShape;
    private final boolean batched;
    private final long bytesPerTask;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    PinnedOutput(OutputSpec output, ElementType type, List<Long> taskShape, boolean batched) {
        this.output = output;
        this.type = type;
        this.taskShape = taskShape;
        this.batched = batched;
        this.bytesPerTask = taskShape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    }

    /**
     * Whether an output can be pinned: a tensor of numbers with static inner axes. Not one that is an input handed through,
     * for which ONNX Runtime 1.29 leaves the buffer as it was and says nothing.
     */
    static boolean isPossible(OutputSpec output, Signature signature) {
        return output.elementType() != null
                && output.elementType() != ElementType.STRING
                && output.shape() != null
                && taskShape(output, signature).stream().allMatch(axis -> axis > 0)
                && signature.inputs().stream().noneMatch(input -> input.name().equals(output.name()));
    }

    /** The shape of one task's values in an output that declares one. */
    static List<Long> taskShape(OutputSpec output, Signature signature) {
        List<Long> shape = output.shape();
        return signature.batching() == Signature.Batching.NONE ? shape : shape.subList(1, shape.size());
    }

    OutputSpec output() {
        return output;
    }

    /** Whether the values of so many tasks fit into one buffer. */
    boolean fits(int size) {
        return bytesPerTask <= (Integer.MAX_VALUE - 8) / size;
    }

    /** A tensor over the buffer for a call with so many tasks; the caller closes it. */
    OnnxTensor tensor(OrtEnvironment environment, int size) throws OrtException {
        int bytes = Math.toIntExact(bytesPerTask * size);
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes);
        }
        ByteBuffer part = buffer.slice(0, bytes).order(ByteOrder.nativeOrder());
        return OnnxTensor.createTensor(environment, part, shape(size), OnnxTypes.javaType(type));
    }

    /** What the call wrote. */
    Column column(int size) {
        int bytes = Math.toIntExact(bytesPerTask * size);
        ByteBuffer values = buffer.slice(0, bytes).order(ByteOrder.nativeOrder());
        Tensor tensor = new Tensor(output.name(), type, shape(size), values, null);
        return new Column.OfTensor(output, axes(taskShape), tensor);
    }

    private long[] shape(int size) {
        long[] inner = axes(taskShape);
        if (!batched) {
            return inner;
        }
        long[] whole = new long[inner.length + 1];
        whole[0] = size;
        System.arraycopy(inner, 0, whole, 1, inner.length);
        return whole;
    }

    private static long[] axes(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
