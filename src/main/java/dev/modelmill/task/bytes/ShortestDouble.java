package dev.modelmill.task.bytes;

/** The shortest decimal that reads back as a float64: {@link ShortestFloat} with the figures for 53-bit numbers. */
final class ShortestDouble {

    private static final int FRACTION_BITS = 52;
    private static final int LEAST_EXPONENT = -1074;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;

    /** Below it a subnormal has less than two digits when scaled like the others. */
    private static final int TINY = 3;

    private ShortestDouble() {}

    /** Writes a finite number above 0; returns the position behind it. */
    static int write(double value, byte[] bytes, int at) {
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & HIDDEN_BIT - 1;
        int exponent = (int) (bits >>> FRACTION_BITS);
        if (exponent > 0) {
            return write(HIDDEN_BIT | fraction, LEAST_EXPONENT - 1 + exponent, 0, bytes, at);
        }
        return fraction < TINY
                ? write(10 * fraction, LEAST_EXPONENT, -1, bytes, at)
                : write(fraction, LEAST_EXPONENT, 0, bytes, at);
    }

    private static int write(long c, int q, int shift, byte[] bytes, int at) {
        boolean regular = c != HIDDEN_BIT || q == LEAST_EXPONENT;
        int k = regular ? PowersOfTen.floorLog10OfPowerOf2(q) : PowersOfTen.floorLog10OfThreeQuarters(q);
        int h = q + PowersOfTen.floorLog2OfPowerOf10(-k) + 2;
        long high = PowersOfTen.high(-k);
        long low = PowersOfTen.low(-k);
        long four = c << 2;
        long middle = scale(high, low, four << h);
        long lower = scale(high, low, four - (regular ? 2 : 1) << h);
        long upper = scale(high, low, four + 2 << h);
        return Digits.writeDecimal(pick(middle, lower, upper, c & 1), k + shift, bytes, at);
    }

    private static long pick(long middle, long lower, long upper, long odd) {
        long below = middle >> 2;
        if (below >= 100) {
            long tens = below / 10 * 10;
            boolean tensFit = lower + odd <= tens << 2;
            if (tensFit != ((tens + 10 << 2) + odd <= upper)) {
                return tensFit ? tens : tens + 10;
            }
        }
        boolean belowFits = lower + odd <= below << 2;
        if (belowFits != ((below + 1 << 2) + odd <= upper)) {
            return belowFits ? below : below + 1;
        }
        long closer = middle - (2 * below + 1 << 1);
        return closer < 0 || closer == 0 && (below & 1) == 0 ? below : below + 1;
    }

    /** g·c / 2¹²⁷, rounded to odd; g has 63 bits in each of its halves. */
    private static long scale(long high, long low, long c) {
        long fraction = (high * c >>> 1) + Math.multiplyHigh(low, c); // in units of 2⁻⁶³
        long whole = Math.multiplyHigh(high, c) + (fraction >>> 63);
        return whole | (fraction & Long.MAX_VALUE) + Long.MAX_VALUE >>> 63;
    }
}
