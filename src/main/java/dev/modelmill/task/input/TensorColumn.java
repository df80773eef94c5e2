package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The values of one input for the tasks of a window, one after the other in a direct buffer of native byte order, or in an
 * array for strings. Grows and is reused. Confined to one thread.
 */
final class TensorColumn {

    private static final int FIRST_BYTES = 4096;
    /** A multiple of the size of any type. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 7;

    private final ElementType type;
    private ByteBuffer data;
    private String[] strings = {};
    private int stringCount;

    TensorColumn(ElementType type) {
        this.type = type;
        this.data = allocate(type == ElementType.STRING ? 0 : FIRST_BYTES);
    }

    ElementType type() {
        return type;
    }

    /** How many values there are. */
    int size() {
        return type == ElementType.STRING ? stringCount : data.position() / type.bytes();
    }

    /** Cuts back to a number of values that there have been. */
    void truncate(int size) {
        if (type == ElementType.STRING) {
            Arrays.fill(strings, size, stringCount, null);
            stringCount = size;
        } else {
            data.position(size * type.bytes());
        }
    }

    /** Makes room for so many more values. */
    void reserve(int more) {
        if (type != ElementType.STRING && data.remaining() < (long) more * type.bytes()) {
            grow((long) more * type.bytes());
        }
    }

    void addByte(byte value) {
        room(Byte.BYTES).put(value);
    }

    void addShort(short value) {
        room(Short.BYTES).putShort(value);
    }

    void addInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void addLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    void addFloat(float value) {
        room(Float.BYTES).putFloat(value);
    }

    void addDouble(double value) {
        room(Double.BYTES).putDouble(value);
    }

    void addString(String value) {
        if (stringCount == strings.length) {
            strings = Arrays.copyOf(strings, Math.max(16, 2 * stringCount));
        }
        strings[stringCount++] = value;
    }

    /** Appends some values of another column of the same type. */
    void addAll(TensorColumn other, int first, int count) {
        if (type == ElementType.STRING) {
            for (int index = first; index < first + count; index++) {
                addString(other.strings[index]);
            }
        } else {
            reserve(count);
            data.put(data.position(), other.data, first * type.bytes(), count * type.bytes());
            data.position(data.position() + count * type.bytes());
        }
    }

    /** A view of some of the values, in native byte order; not for strings. */
    ByteBuffer view(int first, int count) {
        return data.slice(first * type.bytes(), count * type.bytes()).order(ByteOrder.nativeOrder());
    }

    /** The strings from one on: the array itself where that is the first. */
    String[] stringsFrom(int first, int count) {
        return first == 0 ? strings : Arrays.copyOfRange(strings, first, first + count);
    }

    private ByteBuffer room(int bytes) {
        if (data.remaining() < bytes) {
            grow(bytes);
        }
        return data;
    }

    private void grow(long more) {
        long needed = data.position() + more;
        if (needed > MOST_BYTES) {
            throw new InvalidTaskException(
                    "the tasks of one batch have more than 2 GB of values; take a smaller batch size");
        }
        ByteBuffer larger = allocate((int) Math.min(Math.max(needed, 2L * data.capacity()), MOST_BYTES));
        data = larger.put(data.flip());
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
