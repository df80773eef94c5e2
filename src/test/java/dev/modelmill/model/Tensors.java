package dev.modelmill.model;

import dev.modelmill.model.Outputs.Column;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes tensors in direct buffers and reads columns, for tests. */
public final class Tensors {

    private Tensors() {}

    /** A shape. */
    public static long[] shape(long... axes) {
        return axes;
    }

    /** A float32 tensor. */
    public static Tensor floats(String name, long[] shape, float... values) {
        ByteBuffer data = direct(4 * values.length);
        data.asFloatBuffer().put(values);
        return new Tensor(name, ElementType.FLOAT32, shape, data, null);
    }

    /** An int64 tensor. */
    public static Tensor longs(String name, long[] shape, long... values) {
        ByteBuffer data = direct(8 * values.length);
        data.asLongBuffer().put(values);
        return new Tensor(name, ElementType.INT64, shape, data, null);
    }

    /** A string tensor. */
    public static Tensor strings(String name, long[] shape, String... values) {
        return new Tensor(name, ElementType.STRING, shape, null, values);
    }

    /** A tensor of any type but string from its bytes. */
    public static Tensor bytes(String name, ElementType type, long[] shape, byte... values) {
        return new Tensor(name, type, shape, direct(values.length).put(values).flip(), null);
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** The values of a float32 column. */
    public static float[] floats(Column column) {
        float[] values = new float[data(column).remaining() / 4];
        data(column).asFloatBuffer().get(values);
        return values;
    }

    /** The values of an int64 column. */
    public static long[] longs(Column column) {
        long[] values = new long[data(column).remaining() / 8];
        data(column).asLongBuffer().get(values);
        return values;
    }

    /** The values of a string column. */
    public static String[] strings(Column column) {
        return ((Column.OfTensor) column).values().strings();
    }

    /** The bytes of a column's values. */
    public static byte[] bytes(Column column) {
        byte[] values = new byte[data(column).remaining()];
        data(column).get(values);
        return values;
    }

    /** The shape of one task's values. */
    public static long[] taskShape(Column column) {
        return ((Column.OfTensor) column).taskShape();
    }

    private static ByteBuffer data(Column column) {
        return ((Column.OfTensor) column).values().data().duplicate().order(ByteOrder.nativeOrder());
    }
}
