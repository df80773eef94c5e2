package dev.modelmill.task.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as JSON text, appended to bytes without garbage. Floating-point numbers become the shortest decimal that reads
 * back as the same number of the same type: {@code 3.0}, {@code 0.1}, {@code 1.0e7}, {@code 1.4e-45}, {@code -0.0}; NaN
 * and the infinities, which JSON does not have, become strings. Stateless.
 */
public final class NumberText {

    /** No number takes more bytes. */
    private static final int ROOM = 32;

    /** Below it a whole number is written as its digits and {@code .0}. */
    private static final int PLAIN_LIMIT = 10_000_000;

    private static final byte[] NAN = ascii("\"NaN\"");
    private static final byte[] INFINITY = ascii("\"Infinity\"");
    private static final byte[] NEGATIVE_INFINITY = ascii("\"-Infinity\"");
    private static final byte[] LEAST_LONG = ascii("-9223372036854775808");

    private NumberText() {}

    /** Appends a whole number. */
    public static void append(ByteBuilder out, long value) {
        if (value == Long.MIN_VALUE) {
            out.append(LEAST_LONG);
            return;
        }
        byte[] bytes = out.reserve(ROOM);
        int at = out.length();
        if (value < 0) {
            bytes[at++] = '-';
        }
        out.setLength(Digits.write(Math.abs(value), bytes, at));
    }

    /** Appends a float32, which must never have been a double on the way. */
    public static void append(ByteBuilder out, float value) {
        if (!Float.isFinite(value)) {
            out.append(notFinite(value));
            return;
        }
        byte[] bytes = out.reserve(ROOM);
        int at = sign(Float.floatToRawIntBits(value) < 0, bytes, out.length());
        float magnitude = Math.abs(value);
        int whole = (int) magnitude;
        if (whole == magnitude && whole < PLAIN_LIMIT) {
            out.setLength(Digits.writeWhole(whole, bytes, at));
        } else {
            long decimal = ShortestFloat.of(magnitude);
            out.setLength(NineDigits.write((int) (decimal >>> 32), (int) decimal, bytes, at));
        }
    }

    /** Appends a float64. */
    public static void append(ByteBuilder out, double value) {
        if (!Double.isFinite(value)) {
            out.append(notFinite(value));
            return;
        }
        byte[] bytes = out.reserve(ROOM);
        int at = sign(Double.doubleToRawLongBits(value) < 0, bytes, out.length());
        double magnitude = Math.abs(value);
        int whole = (int) magnitude;
        if (whole == magnitude && whole < PLAIN_LIMIT) {
            out.setLength(Digits.writeWhole(whole, bytes, at));
        } else {
            out.setLength(ShortestDouble.write(magnitude, bytes, at));
        }
    }

    private static int sign(boolean negative, byte[] bytes, int at) {
        if (negative) {
            bytes[at++] = '-';
        }
        return at;
    }

    private static byte[] notFinite(double value) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        return value > 0 ? INFINITY : NEGATIVE_INFINITY;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
