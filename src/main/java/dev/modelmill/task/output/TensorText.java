package dev.modelmill.task.output;

import dev.modelmill.model.Tensor;
import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.JsonText;
import dev.modelmill.task.bytes.NumberText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The values of one task in a tensor as JSON: nested arrays of the task's shape, read straight from the tensor's memory
 * in native byte order, whatever order its buffer is set to.
 */
final class TensorText {

    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private TensorText() {}

    /** Appends the values of the task at {@code row}: a bare one where {@code taskShape} is empty. */
    static void append(ByteBuilder out, Tensor values, long[] taskShape, int row) {
        appendAxis(out, values, taskShape, 0, Math.multiplyExact(row, elements(taskShape)));
    }

    private static int elements(long[] shape) {
        long elements = 1;
        for (long axis : shape) {
            elements = Math.multiplyExact(elements, axis);
        }
        return Math.toIntExact(elements);
    }

    /** Appends what lies below an axis, from the element at {@code at} on; returns the element behind. */
    private static int appendAxis(ByteBuilder out, Tensor values, long[] shape, int axis, int at) {
        if (axis == shape.length) {
            appendValue(out, values, at);
            return at + 1;
        }
        out.append((byte) '[');
        for (long i = 0; i < shape[axis]; i++) {
            if (i > 0) {
                out.append((byte) ',');
            }
            at = appendAxis(out, values, shape, axis + 1, at);
        }
        out.append((byte) ']');
        return at;
    }

    private static void appendValue(ByteBuilder out, Tensor tensor, int at) {
        String[] strings = tensor.strings();
        if (strings != null) {
            JsonText.appendString(out, strings[at]);
            return;
        }
        ByteBuffer data = tensor.data();
        if (data == null) {
            throw new IllegalArgumentException("Tensor " + tensor.name() + " has no values");
        }
        switch (tensor.type()) {
            case FLOAT32 -> NumberText.append(out, (float) FLOAT.get(data, at << 2));
            case FLOAT64 -> NumberText.append(out, (double) DOUBLE.get(data, at << 3));
            case FLOAT16 -> NumberText.append(out, widened((short) SHORT.get(data, at << 1)));
            case INT8 -> NumberText.append(out, (long) data.get(at));
            case INT16 -> NumberText.append(out, (long) (short) SHORT.get(data, at << 1));
            case INT32 -> NumberText.append(out, (long) (int) INT.get(data, at << 2));
            case INT64 -> NumberText.append(out, (long) LONG.get(data, at << 3));
            case UINT8 -> NumberText.append(out, (long) (data.get(at) & 0xFF));
            case BOOL -> out.append(Literals.of(data.get(at) != 0));
            case STRING -> throw new IllegalArgumentException("Tensor " + tensor.name() + " has no strings");
        }
    }

    /** A float16 as the same number in float32: 1 sign bit, 5 of exponent, 10 of fraction (IEEE 754 binary16). */
    static float widened(short half) {
        int exponent = half >>> 10 & 0x1F;
        int fraction = half & 0x3FF;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent - 15 + 127 << 23 | fraction << 13);
        };
        return half < 0 ? -magnitude : magnitude;
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteBufferViewVarHandle(type, ByteOrder.nativeOrder());
    }
}
