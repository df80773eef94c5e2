package dev.modelmill.task.bytes;

/** Half precision numbers (IEEE 754 binary16), which Java 17 has no conversion for. */
public final class Float16 {

    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7C00;
    private static final int NAN = 0x7E00;
    /** 65520, half way between the largest half and what would be the next: from here on, infinity. */
    private static final float OVERFLOW = 0x1.ffep15f;

    private static final float SMALLEST_NORMAL = 0x1p-14f;
    /** Subnormal halves are multiples of 2^-24. */
    private static final float SUBNORMAL_UNITS = 0x1p24f;

    private Float16() {}

    /** The bits of the half nearest to a float, ties to even; infinity where that is too large; one NaN for all. */
    public static short fromFloat(float value) {
        if (Float.isNaN(value)) {
            return (short) NAN;
        }
        int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
        return (short) (sign | magnitude(Math.abs(value)));
    }

    private static int magnitude(float value) {
        if (value >= OVERFLOW) {
            return INFINITY;
        }
        if (value < SMALLEST_NORMAL) {
            return (int) Math.rint(value * SUBNORMAL_UNITS);
        }
        int bits = Float.floatToRawIntBits(value);
        int roundedToEven = bits + 0xFFF + (bits >>> 13 & 1);
        return (roundedToEven >>> 13) - (127 - 15 << 10);
    }
}
