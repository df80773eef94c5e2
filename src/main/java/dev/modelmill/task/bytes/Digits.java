package dev.modelmill.task.bytes;

/** Decimal digits written into bytes that have room for them; every method returns the position behind what it wrote. */
final class Digits {

    private Digits() {}

    /** Writes a whole number, 0 or more. */
    static int write(long value, byte[] bytes, int at) {
        int end = at + count(value);
        fill(value, bytes, end);
        return end;
    }

    /** Writes a whole number, 0 or more, with {@code .0} behind it. */
    static int writeWhole(int value, byte[] bytes, int at) {
        return zeroFraction(bytes, write(value, bytes, at));
    }

    /**
     * Writes {@code digits · 10^exponent} with {@code digits} above 0: plain from 10⁻³ on and below 10⁷, else with one
     * digit before the point and an exponent behind.
     */
    static int writeDecimal(long digits, int exponent, byte[] bytes, int at) {
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
        int count = count(digits);
        int point = count + exponent; // digits before the point
        if (point > 7 || point < -2) {
            return scientific(digits, count, point - 1, bytes, at);
        }
        if (point <= 0) {
            return fraction(digits, count, -point, bytes, at);
        }
        return point < count ? split(digits, count, point, bytes, at) : padded(digits, exponent, bytes, at);
    }

    private static int scientific(long digits, int count, int exponent, byte[] bytes, int at) {
        int end = count == 1 ? zeroFraction(bytes, write(digits, bytes, at)) : split(digits, count, 1, bytes, at);
        bytes[end++] = 'e';
        if (exponent < 0) {
            bytes[end++] = '-';
        }
        return write(Math.abs(exponent), bytes, end);
    }

    private static int fraction(long digits, int count, int zeros, byte[] bytes, int at) {
        bytes[at++] = '0';
        bytes[at++] = '.';
        at = zeros(zeros, bytes, at);
        fill(digits, bytes, at + count);
        return at + count;
    }

    private static int split(long digits, int count, int point, byte[] bytes, int at) {
        fill(digits, bytes, at + 1 + count);
        System.arraycopy(bytes, at + 1, bytes, at, point);
        bytes[at + point] = '.';
        return at + 1 + count;
    }

    private static int padded(long digits, int zeros, byte[] bytes, int at) {
        return zeroFraction(bytes, zeros(zeros, bytes, write(digits, bytes, at)));
    }

    private static int zeros(int count, byte[] bytes, int at) {
        for (int end = at + count; at < end; at++) {
            bytes[at] = '0';
        }
        return at;
    }

    private static int zeroFraction(byte[] bytes, int at) {
        bytes[at++] = '.';
        bytes[at++] = '0';
        return at;
    }

    /** Writes the digits so that the last one lies before {@code end}. */
    private static void fill(long value, byte[] bytes, int end) {
        while (value > Integer.MAX_VALUE) {
            long rest = value / 10;
            bytes[--end] = (byte) ('0' + (value - rest * 10));
            value = rest;
        }
        int small = (int) value;
        do {
            int rest = small / 10;
            bytes[--end] = (byte) ('0' + (small - rest * 10));
            small = rest;
        } while (small > 0);
    }

    private static int count(long value) {
        int count = 1;
        for (long limit = 10; value >= limit; limit *= 10) {
            count++;
            if (count == 19) {
                return count;
            }
        }
        return count;
    }
}
