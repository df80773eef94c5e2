package dev.modelmill.task.bytes;

/**
 * The CRC32C of two byte strings put together, from theirs alone.
 *
 * <p>A CRC is the remainder of a polynomial over GF(2), so that of A followed by n bits B is crc(A)·x^n + crc(B) modulo
 * the generator (the inversions at both ends cancel). Polynomials are kept reflected as in the CRC itself: the highest
 * bit of an int is x^0.
 */
public final class Crc32c {

    private static final int GENERATOR = 0x82F63B78;
    private static final int ONE = 1 << 31;
    private static final int X_TO_8 = ONE >>> Byte.SIZE;
    /** At k: x to the power of 8·2^k, what 2^k bytes shift by. */
    private static final int[] SHIFTS = shifts();

    private Crc32c() {}

    /**
     * The CRC32C of A followed by B.
     *
     * @param crcA the CRC32C of A
     * @param crcB the CRC32C of B
     * @param lengthB bytes in B, at least 0
     */
    public static int combine(int crcA, int crcB, long lengthB) {
        int shifted = crcA;
        int power = 0;
        for (long length = lengthB; length != 0; length >>>= 1) {
            if ((length & 1) != 0) {
                shifted = multiply(shifted, SHIFTS[power]);
            }
            power++;
        }
        return shifted ^ crcB;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int rest = a; rest != 0; rest <<= 1) {
            if (rest < 0) {
                product ^= shifted;
            }
            shifted = timesX(shifted);
        }
        return product;
    }

    private static int timesX(int a) {
        return (a >>> 1) ^ (GENERATOR & -(a & 1));
    }

    private static int[] shifts() {
        int[] shifts = new int[Long.SIZE];
        shifts[0] = X_TO_8;
        for (int power = 1; power < shifts.length; power++) {
            shifts[power] = multiply(shifts[power - 1], shifts[power - 1]);
        }
        return shifts;
    }
}
