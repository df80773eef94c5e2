package dev.modelmill.task.bytes;

/**
 * The shortest decimal of at least two digits that reads back as a float32, the closest one of these: Schubfach, after
 * Raffaello Giulietti, "The Schubfach way to render doubles" (2022), with the figures for 24-bit numbers.
 *
 * <p>A float is c·2^q; all that reads back as it lies between (c - ½)·2^q and (c + ½)·2^q, both included where c is even.
 * Scaled by 10^-k, k = ⌊log₁₀ 2^q⌋, this range is wider than 1 and narrower than 10, so it holds one or two of four
 * candidates: the multiples of 10 and the whole numbers on both sides of the float.
 */
final class ShortestFloat {

    private static final int FRACTION_BITS = 23;
    private static final int LEAST_EXPONENT = -149;
    private static final int HIDDEN_BIT = 1 << FRACTION_BITS;

    /** Below it a subnormal has less than two digits when scaled like the others. */
    private static final int TINY = 8;

    private ShortestFloat() {}

    /** The digits in the upper 32 bits, the power of ten in the lower, for a finite number above 0. */
    static long of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int fraction = bits & HIDDEN_BIT - 1;
        int exponent = bits >>> FRACTION_BITS;
        if (exponent > 0) {
            return of(HIDDEN_BIT | fraction, LEAST_EXPONENT - 1 + exponent, 0);
        }
        return fraction < TINY ? of(10 * fraction, LEAST_EXPONENT, -1) : of(fraction, LEAST_EXPONENT, 0);
    }

    private static long of(int c, int q, int shift) {
        boolean regular = c != HIDDEN_BIT || q == LEAST_EXPONENT;
        int k = regular ? PowersOfTen.floorLog10OfPowerOf2(q) : PowersOfTen.floorLog10OfThreeQuarters(q);
        int h = q + PowersOfTen.floorLog2OfPowerOf10(-k) + 33;
        long g = PowersOfTen.high(-k) + 1;
        long four = (long) c << 2; // quarters of c, so that the borders are whole
        int middle = scale(g, four << h);
        int lower = scale(g, four - (regular ? 2 : 1) << h);
        int upper = scale(g, four + 2 << h);
        return (long) pick(middle, lower, upper, c & 1) << 32 | (k + shift) & 0xFFFF_FFFFL;
    }

    /** Picks the digits; the arguments are quarters, and {@code odd} excludes the borders. */
    private static int pick(int middle, int lower, int upper, int odd) {
        int below = middle >> 2;
        if (below >= 100) {
            int tens = below / 10 * 10;
            boolean tensFit = lower + odd <= tens << 2;
            if (tensFit != ((tens + 10 << 2) + odd <= upper)) {
                return tensFit ? tens : tens + 10;
            }
        }
        boolean belowFits = lower + odd <= below << 2;
        if (belowFits != ((below + 1 << 2) + odd <= upper)) {
            return belowFits ? below : below + 1;
        }
        int closer = middle - (2 * below + 1 << 1);
        return closer < 0 || closer == 0 && (below & 1) == 0 ? below : below + 1;
    }

    /** g·c / 2⁹⁵, rounded to odd: the lowest bit is set where there was a fraction. */
    private static int scale(long g, long c) {
        long product = Math.multiplyHigh(g, c);
        return (int) (product >>> 31 | (product & Integer.MAX_VALUE) + Integer.MAX_VALUE >>> 31);
    }
}
