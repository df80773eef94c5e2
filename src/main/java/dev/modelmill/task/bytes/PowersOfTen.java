package dev.modelmill.task.bytes;

import java.math.BigInteger;

/**
 * Powers of ten with 126 bits and logarithms of powers of two, as Raffaello Giulietti's "The Schubfach way to render
 * doubles" needs them.
 */
final class PowersOfTen {

    private static final int LEAST = -292;
    private static final int GREATEST = 324;
    private static final int PRECISION = 126;

    /** For each power the upper 63 bits and the lower 63 bits, one behind the other. */
    private static final long[] TABLE = table();

    private PowersOfTen() {}

    /** The upper 63 bits of {@code g(power) = ⌊10^power · 2^-r⌋ + 1}, where r is such that g has 126 bits. */
    static long high(int power) {
        return TABLE[(power - LEAST) << 1];
    }

    /** The lower 63 bits of g. */
    static long low(int power) {
        return TABLE[((power - LEAST) << 1) + 1];
    }

    /** ⌊log₁₀ 2^e⌋ for every exponent of a double. */
    static int floorLog10OfPowerOf2(int e) {
        return (int) (e * 661_971_961_083L >> 41); // log₁₀ 2 · 2⁴¹
    }

    /** ⌊log₁₀ (¾ · 2^e)⌋ for every exponent of a double. */
    static int floorLog10OfThreeQuarters(int e) {
        return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41); // log₁₀ ¾ · 2⁴¹
    }

    /** ⌊log₂ 10^e⌋ for every power of the table. */
    static int floorLog2OfPowerOf10(int e) {
        return (int) (e * 913_124_641_741L >> 38); // log₂ 10 · 2³⁸
    }

    private static long[] table() {
        long[] table = new long[(GREATEST - LEAST + 1) * 2];
        for (int power = LEAST; power <= GREATEST; power++) {
            BigInteger g = scaled(power).add(BigInteger.ONE);
            int at = (power - LEAST) << 1;
            table[at] = g.shiftRight(63).longValue();
            table[at + 1] = g.longValue() & Long.MAX_VALUE;
        }
        return table;
    }

    private static BigInteger scaled(int power) {
        int shift = PRECISION - 1 - floorLog2OfPowerOf10(power);
        BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
        return power < 0 ? BigInteger.ONE.shiftLeft(shift).divide(ten) : ten.shiftLeft(shift);
    }
}
