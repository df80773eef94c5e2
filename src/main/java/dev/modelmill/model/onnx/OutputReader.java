package dev.modelmill.model.onnx;

import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtUtil;
import dev.modelmill.model.ElementType;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Outputs.Column;
import dev.modelmill.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Copies an output that ONNX Runtime allocated onto the heap and checks that it follows the batch. Stateless.
 *
 * <p>ONNX Runtime's Java interface reads strings as Java's modified UTF-8: a string that the model itself makes (a task's
 * own strings come back whole) is damaged after a character outside of the Basic Multilingual Plane, and cut at a NUL.
 */
final class OutputReader {

    private OutputReader() {}

    /**
     * Reads an output.
     *
     * @param size tasks in the call
     * @param batched whether the first axis is the batch axis
     * @throws BatchAxisException if it does not have one value a task
     */
    static Column read(OutputSpec output, OnnxValue value, int size, boolean batched) throws OrtException {
        if (value instanceof OnnxTensor tensor) {
            return tensor(output, tensor, size, batched);
        }
        Object read = NestedValues.read(value);
        if (!batched) {
            return new Column.OfObjects(output, List.of(read));
        }
        if (!(value instanceof OnnxSequence) || !(read instanceof List<?> values)) {
            throw BatchAxisException.of(output.name(), "is one map", size);
        }
        if (values.size() != size) {
            throw BatchAxisException.of(output.name(), "is a sequence of " + values.size(), size);
        }
        return new Column.OfObjects(output, List.copyOf(values));
    }

    private static Column tensor(OutputSpec output, OnnxTensor tensor, int size, boolean batched) throws OrtException {
        long[] shape = tensor.getInfo().getShape();
        if (batched && (shape.length == 0 || shape[0] != size)) {
            throw BatchAxisException.ofShape(output.name(), shape, size);
        }
        long[] taskShape = batched ? Arrays.copyOfRange(shape, 1, shape.length) : shape;
        return new Column.OfTensor(output, taskShape, values(output.name(), tensor, shape));
    }

    private static Tensor values(String name, OnnxTensor tensor, long[] shape) throws OrtException {
        ElementType type = OnnxTypes.elementType(tensor.getInfo().onnxType);
        if (type == null) {
            throw new ModelException("output \"" + name + "\" is of type " + OnnxTypes.label(tensor.getInfo().onnxType)
                    + ", which isn't supported");
        }
        if (type == ElementType.STRING) {
            return new Tensor(name, type, shape, null, strings(tensor));
        }
        return new Tensor(name, type, shape, bytes(name, type, tensor), null);
    }

    private static String[] strings(OnnxTensor tensor) throws OrtException {
        Object value = tensor.getValue();
        return value instanceof String string ? new String[] {string} : OrtUtil.flattenString(value);
    }

    private static ByteBuffer bytes(String name, ElementType type, OnnxTensor tensor) {
        long elements = tensor.getInfo().getNumElements();
        if (elements == 0) {
            return ByteBuffer.allocate(0).order(ByteOrder.nativeOrder());
        }
        if (elements > Integer.MAX_VALUE / type.bytes()) {
            throw new ModelException(
                    "output \"" + name + "\" is larger than 2 GB in one call: say a smaller batch-size in model.yml");
        }
        return tensor.getByteBuffer();
    }
}
