package dev.modelmill.task.input;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads decimal numbers from bytes exactly. What is common is read by a loop; the rest by a parser that can read
 * everything. Numbers are decimal: no hexadecimal floats, no {@code f} or {@code d} behind them.
 */
final class NumberText {

    /** Longer ones are refused: a number of a million digits is a mistake or an attack. */
    static final int MOST_CHARACTERS = 1_000;

    private static final long MOST_EXACT = 1L << 53;
    /** More may overflow a long. */
    private static final int MOST_DIGITS = 18;

    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };
    /** The bits of a double that a float has no room for, and what they are half way between two floats. */
    private static final long CUT_BITS = (1L << 29) - 1;

    private static final long HALF_WAY = 1L << 28;

    /** No decimal point. */
    static final int NONE = -1;

    private NumberText() {}

    /**
     * The float nearest to a number.
     *
     * @throws InvalidTaskException if it is none, or so large that it would become infinite
     */
    static float floatOf(byte[] text, int from, int to) {
        double value = shortDecimal(text, from, to);
        return makesFloat(value) ? (float) value : longFloat(text, from, to);
    }

    /**
     * Whether the double nearest to a number, rounded once more, gives the float nearest to the number. It does unless it
     * lies half way between two floats: every such half way is a double, so number and double lie on the same side of it.
     *
     * @param value what {@link #decimal} gave
     */
    static boolean makesFloat(double value) {
        return !Double.isNaN(value) && (Double.doubleToRawLongBits(value) & CUT_BITS) != HALF_WAY;
    }

    /**
     * The double nearest to a number without sign and exponent: a quotient of two numbers that doubles hold exactly is
     * rounded once, hence right (Clinger, How to Read Floating Point Numbers Accurately, 1990).
     *
     * @param digits what its digits make, the point left out; anything where they are too many
     * @param count how many digits there are
     * @param scale how many of them come after the point
     * @return NaN where there are no digits or too many
     */
    static double decimal(long digits, int count, int scale) {
        return count == 0 || count > MOST_DIGITS || digits > MOST_EXACT ? Double.NaN : digits / POWERS_OF_TEN[scale];
    }

    /**
     * The double nearest to a number.
     *
     * @throws InvalidTaskException if it is none, or so large that it would become infinite
     */
    static double doubleOf(byte[] text, int from, int to) {
        double value = shortDecimal(text, from, to);
        return Double.isNaN(value) ? longDouble(text, from, to) : value;
    }

    /**
     * The integer that a number is, also one written like {@code 3.0} or {@code 1e3}.
     *
     * @throws InvalidTaskException if it is no number, has a fraction or lies outside of {@code [least, most]}
     */
    static long integerOf(byte[] text, int from, int to, long least, long most) {
        boolean negative = text[from] == '-';
        int start = negative ? from + 1 : from;
        if (start == to || to - start > MOST_DIGITS) {
            return longInteger(text, from, to, least, most);
        }
        long value = 0;
        for (int index = start; index < to; index++) {
            int digit = text[index] - '0';
            if (digit < 0 || digit > 9) {
                return longInteger(text, from, to, least, most);
            }
            value = 10 * value + digit;
        }
        value = negative ? -value : value;
        if (value < least || value > most) {
            throw outOfRange(text, from, to, least, most);
        }
        return value;
    }

    /** The double nearest to a number of few digits without an exponent; NaN for any other text. */
    private static double shortDecimal(byte[] text, int from, int to) {
        boolean negative = text[from] == '-';
        int start = negative ? from + 1 : from;
        int point = NONE;
        long digits = 0;
        for (int index = start; index < to; index++) {
            int digit = text[index] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
            } else if (text[index] == '.' && point == NONE) {
                point = index;
            } else {
                return Double.NaN;
            }
        }
        double value = decimal(digits, start, point, to);
        return negative ? -value : value;
    }

    /** As {@link #decimal(long, int, int)}, by where the number starts, has its point or {@link #NONE}, and ends. */
    static double decimal(long digits, int start, int point, int end) {
        return point == NONE ? decimal(digits, end - start, 0) : decimal(digits, end - start - 1, end - point - 1);
    }

    private static float longFloat(byte[] text, int from, int to) {
        double special = special(text, from, to);
        if (special != 0) {
            return (float) special;
        }
        requireDecimal(text, from, to);
        float value;
        try {
            value = JavaFloatParser.parseFloat(text, from, to - from);
        } catch (NumberFormatException malformed) {
            throw noNumber(text, from, to);
        }
        if (Float.isInfinite(value)) {
            throw wouldBeInfinite(text, from, to);
        }
        return value;
    }

    private static double longDouble(byte[] text, int from, int to) {
        double special = special(text, from, to);
        if (special != 0) {
            return special;
        }
        requireDecimal(text, from, to);
        double value;
        try {
            value = JavaDoubleParser.parseDouble(text, from, to - from);
        } catch (NumberFormatException malformed) {
            throw noNumber(text, from, to);
        }
        if (Double.isInfinite(value)) {
            throw wouldBeInfinite(text, from, to);
        }
        return value;
    }

    /** NaN or an infinity where the text says so in any case, else 0. */
    private static double special(byte[] text, int from, int to) {
        if (to - from > "-Infinity".length()) {
            return 0;
        }
        String word = new String(text, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> 0;
        };
    }

    private static long longInteger(byte[] text, int from, int to, long least, long most) {
        if (special(text, from, to) != 0) {
            throw new InvalidTaskException(quote(text, from, to) + " is not an integer");
        }
        requireDecimal(text, from, to);
        BigDecimal value = decimal(text, from, to);
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            throw new InvalidTaskException(quote(text, from, to) + " is not an integer");
        }
        if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw outOfRange(text, from, to, least, most);
        }
        return value.longValueExact();
    }

    private static BigDecimal decimal(byte[] text, int from, int to) {
        try {
            return new BigDecimal(new String(text, from, to - from, StandardCharsets.US_ASCII));
        } catch (NumberFormatException malformed) {
            throw noNumber(text, from, to);
        }
    }

    private static void requireDecimal(byte[] text, int from, int to) {
        for (int index = from; index < to; index++) {
            if ("0123456789.eE+-".indexOf(text[index]) < 0) {
                throw noNumber(text, from, to);
            }
        }
        if (to - from > MOST_CHARACTERS) {
            throw new InvalidTaskException(
                    "a number of " + (to - from) + " characters; the most is " + MOST_CHARACTERS);
        }
    }

    private static InvalidTaskException noNumber(byte[] text, int from, int to) {
        return new InvalidTaskException(quote(text, from, to) + " is not a number");
    }

    /** A finite number that no float of its tensor's type comes near. */
    static InvalidTaskException wouldBeInfinite(byte[] text, int from, int to) {
        return new InvalidTaskException(quote(text, from, to) + " is out of range: it would become infinite");
    }

    private static InvalidTaskException outOfRange(byte[] text, int from, int to, long least, long most) {
        return new InvalidTaskException(quote(text, from, to) + " is out of range: " + least + " to " + most);
    }

    private static String quote(byte[] text, int from, int to) {
        return Excerpt.of(text, from, to);
    }
}
