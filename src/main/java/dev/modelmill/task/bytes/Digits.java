package dev.modelmill.task.bytes;

/** Decimal digits written into bytes that have room for them; every method returns the position behind what it wrote. */
final class Digits {

    /** The two digits of each number below 100, one after the other: half the divisions. */
    private static final byte[] PAIRS = pairs();

    private Digits() {}

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int number = 0; number < 100; number++) {
            pairs[2 * number] = (byte) ('0' + number / 10);
            pairs[2 * number + 1] = (byte) ('0' + number % 10);
        }
        return pairs;
    }

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
        for (long rest = digits / 10; rest * 10 == digits; rest = digits / 10) {
            digits = rest;
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
        return writeExponent(exponent, bytes, end);
    }

    /** Writes {@code e} and a power of ten below 1000. */
    static int writeExponent(int exponent, byte[] bytes, int at) {
        bytes[at++] = 'e';
        if (exponent < 0) {
            bytes[at++] = '-';
        }
        return write(Math.abs(exponent), bytes, at);
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
            long rest = value / 100;
            end = pair((int) (value - rest * 100), bytes, end);
            value = rest;
        }
        int small = (int) value;
        while (small >= 100) {
            int rest = small / 100;
            end = pair(small - rest * 100, bytes, end);
            small = rest;
        }
        if (small >= 10) {
            pair(small, bytes, end);
        } else {
            bytes[end - 1] = (byte) ('0' + small);
        }
    }

    private static int pair(int number, byte[] bytes, int end) {
        bytes[end - 1] = PAIRS[2 * number + 1];
        bytes[end - 2] = PAIRS[2 * number];
        return end - 2;
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
