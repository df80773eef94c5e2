package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The values of one input for the tasks of a window, one task after the other, in a direct buffer that grows and is reused;
 * strings in an array. A task that turns out to be invalid is taken back. Confined to one thread.
 */
final class TensorColumn {

    private static final int INITIAL_BYTES = 1 << 12;

    private final ElementType type;
    private ByteBuffer data;
    private String[] strings = new String[0];
    private int count;

    TensorColumn(ElementType type) {
        this.type = type;
        this.data = direct(type == ElementType.STRING ? 0 : INITIAL_BYTES);
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    ElementType type() {
        return type;
    }

    /** Values so far. */
    int count() {
        return count;
    }

    /** Takes back all values from a count on. */
    void cutBack(int to) {
        count = to;
    }

    private int reserve() {
        int at = count * type.bytes();
        if (at + type.bytes() > data.capacity()) {
            grow(at + type.bytes());
        }
        count++;
        return at;
    }

    private void grow(int needed) {
        long doubled = Math.min(2L * data.capacity(), Integer.MAX_VALUE);
        ByteBuffer larger = direct((int) Math.max(needed, doubled));
        data.clear();
        larger.put(data);
        larger.clear();
        data = larger;
    }

    void addFloat(float value) {
        int at = reserve();
        data.putFloat(at, value);
    }

    void addDouble(double value) {
        int at = reserve();
        data.putDouble(at, value);
    }

    void addLong(long value) {
        int at = reserve();
        data.putLong(at, value);
    }

    void addInt(int value) {
        int at = reserve();
        data.putInt(at, value);
    }

    void addShort(short value) {
        int at = reserve();
        data.putShort(at, value);
    }

    void addByte(byte value) {
        int at = reserve();
        data.put(at, value);
    }

    void addString(String value) {
        if (count == strings.length) {
            strings = Arrays.copyOf(strings, Math.max(16, 2 * count));
        }
        strings[count++] = value;
    }

    /** Appends values of another column. */
    void addAll(TensorColumn other, int from, int length) {
        if (type == ElementType.STRING) {
            for (int i = from; i < from + length; i++) {
                addString(other.strings[i]);
            }
            return;
        }
        int bytes = type.bytes();
        int at = count * bytes;
        if (at + length * bytes > data.capacity()) {
            grow(at + length * bytes);
        }
        data.put(at, other.data, from * bytes, length * bytes);
        count += length;
    }

    /** A view of some values as a tensor's buffer. */
    ByteBuffer slice(int from, int length) {
        return data.slice(from * type.bytes(), length * type.bytes()).order(ByteOrder.nativeOrder());
    }

    /** Some values of a column of strings. */
    String[] strings(int from, int length) {
        return Arrays.copyOfRange(strings, from, from + length);
    }
}
