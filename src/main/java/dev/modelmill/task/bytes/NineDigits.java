package dev.modelmill.task.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes decimals of nine digits at most, as float32 needs: all digits are found at once in the lanes of a long and stored
 * together, with hardly a branch that depends on them.
 */
final class NineDigits {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST = 9;
    private static final int TO_8 = 100_000_000;
    private static final int LIMIT = 10 * TO_8;
    private static final long ASCII = 0x3030_3030_3030_3030L;
    private static final int[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, Integer.MAX_VALUE
    };

    private NineDigits() {}

    /**
     * Writes {@code digits · 10^exponent} as {@link Digits#writeDecimal} does and returns the position behind it. There is
     * room for eight bytes more than the text takes.
     */
    static int write(int digits, int exponent, byte[] bytes, int at) {
        if (digits >= LIMIT) {
            return Digits.writeDecimal(digits, exponent, bytes, at);
        }
        int count = count(digits);
        int aligned = digits * POWERS[MOST - count];
        int first = aligned / TO_8;
        long rest = lanes(aligned - first * TO_8);
        int length = MOST - (Long.numberOfLeadingZeros(rest) >>> 3); // without zeros at the end
        int point = count + exponent; // digits before the point
        if (point == 1) {
            return pointBehindFirst(first, rest, length, bytes, at);
        }
        if (point > 7 || point < -2) {
            return Digits.writeExponent(point - 1, bytes, pointBehindFirst(first, rest, length, bytes, at));
        }
        if (point <= 0) {
            LONG.set(bytes, at, 0x3030_3030_3030_2E30L); // 0.000000
            int begin = at + 2 - point;
            put(first, rest, bytes, begin);
            return begin + length;
        }
        if (length <= point) {
            return Digits.writeDecimal(digits, exponent, bytes, at);
        }
        put(first, rest, bytes, at + 1);
        System.arraycopy(bytes, at + 1, bytes, at, point);
        bytes[at + point] = '.';
        return at + 1 + length;
    }

    private static int pointBehindFirst(int first, long rest, int length, byte[] bytes, int at) {
        bytes[at] = (byte) ('0' + first);
        bytes[at + 1] = '.';
        LONG.set(bytes, at + 2, rest + ASCII);
        return at + Math.max(3, 1 + length);
    }

    private static void put(int first, long rest, byte[] bytes, int at) {
        bytes[at] = (byte) ('0' + first);
        LONG.set(bytes, at + 1, rest + ASCII);
    }

    /** How many digits; 1233 / 4096 is a little more than the logarithm of 2. */
    private static int count(int digits) {
        int guess = (32 - Integer.numberOfLeadingZeros(digits)) * 1233 >>> 12;
        return guess + (digits >= POWERS[guess] ? 1 : 0);
    }

    /** The eight digits of a number, the first in the lowest byte: halves of four, then of two, then of one. */
    private static long lanes(int number) {
        long fours = number / 10_000 | (long) (number % 10_000) << 32;
        long hundreds = fours * 10_486 >>> 20 & 0x7F_0000_007FL;
        long twos = hundreds | fours - hundreds * 100 << 16;
        long tens = twos * 103 >>> 10 & 0x000F_000F_000F_000FL;
        return tens | twos - tens * 10 << 8;
    }
}
