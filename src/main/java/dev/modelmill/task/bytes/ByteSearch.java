package dev.modelmill.task.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes in an array, eight at a time: a byte of a word that equals the one sought becomes zero by XOR, and
 * {@code (x - 0x01…) & ~x & 0x80…} has its lowest bit set at the first zero byte (Warren, Hacker's Delight, 6-1).
 */
public final class ByteSearch {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private ByteSearch() {}

    /** The index of the first {@code wanted} in {@code [from, to)}, or -1. */
    public static int indexOf(byte[] array, int from, int to, byte wanted) {
        long pattern = pattern(wanted);
        int index = from;
        for (; index <= to - Long.BYTES; index += Long.BYTES) {
            long found = zeroBytes((long) WORD.get(array, index) ^ pattern);
            if (found != 0) {
                return index + first(found);
            }
        }
        for (; index < to; index++) {
            if (array[index] == wanted) {
                return index;
            }
        }
        return -1;
    }

    /** The index of the first byte in {@code [from, to)} that is one of two, or -1. */
    public static int indexOfEither(byte[] array, int from, int to, byte wanted, byte other) {
        long pattern = pattern(wanted);
        long otherPattern = pattern(other);
        int index = from;
        for (; index <= to - Long.BYTES; index += Long.BYTES) {
            long word = (long) WORD.get(array, index);
            long found = zeroBytes(word ^ pattern) | zeroBytes(word ^ otherPattern);
            if (found != 0) {
                return index + first(found);
            }
        }
        for (; index < to; index++) {
            if (array[index] == wanted || array[index] == other) {
                return index;
            }
        }
        return -1;
    }

    /** The index of the first byte in {@code [from, to)} that is not ASCII, or -1. */
    public static int indexOfNonAscii(byte[] array, int from, int to) {
        int index = from;
        for (; index <= to - Long.BYTES; index += Long.BYTES) {
            long found = (long) WORD.get(array, index) & HIGH_BITS;
            if (found != 0) {
                return index + first(found);
            }
        }
        for (; index < to; index++) {
            if (array[index] < 0) {
                return index;
            }
        }
        return -1;
    }

    private static long pattern(byte value) {
        return (value & 0xFF) * ONES;
    }

    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    private static int first(long found) {
        return Long.numberOfTrailingZeros(found) / Byte.SIZE;
    }
}
