package dev.modelmill.task.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that is cleared and filled again. Confined to one thread. */
public final class ByteBuilder {

    private byte[] array;
    private int length;

    public ByteBuilder(int capacity) {
        array = new byte[capacity];
    }

    /** The bytes themselves; valid until the next call that may grow them. */
    public byte[] array() {
        return array;
    }

    /** How many bytes of {@link #array} are filled. */
    public int length() {
        return length;
    }

    /** Cuts back to a length it has had, or sets the length after bytes were written to {@link #array} directly. */
    public void setLength(int length) {
        if (length < 0 || length > array.length) {
            throw new IndexOutOfBoundsException(length);
        }
        this.length = length;
    }

    /** Forgets the bytes and keeps the room. */
    public void clear() {
        length = 0;
    }

    /** Makes room for so many more bytes and returns the array that has it. */
    public byte[] reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, grown(Math.addExact(length, more)));
        }
        return array;
    }

    private int grown(int needed) {
        long doubled = Math.min(2L * array.length, Integer.MAX_VALUE - 8);
        return (int) Math.max(needed, doubled);
    }

    public ByteBuilder append(byte value) {
        reserve(1)[length++] = value;
        return this;
    }

    public ByteBuilder append(byte[] source, int from, int to) {
        System.arraycopy(source, from, reserve(to - from), length, to - from);
        length += to - from;
        return this;
    }

    public ByteBuilder append(byte[] source) {
        return append(source, 0, source.length);
    }

    /** Appends the characters of ASCII text. */
    public ByteBuilder appendAscii(String text) {
        return append(text.getBytes(StandardCharsets.US_ASCII));
    }
}
