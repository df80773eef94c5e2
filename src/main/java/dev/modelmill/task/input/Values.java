package dev.modelmill.task.input;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import dev.modelmill.model.ElementType;
import dev.modelmill.task.bytes.Float16;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of one value into one value of a column, exactly: integers keep all 64 bits, a float never passes through
 * a double, and what does not fit is refused with a message. The text is ASCII in an array.
 */
final class Values {

    private static final int MOST_DIGITS = 18;
    private static final int SMALL_DIGITS = 7;
    private static final int LONGEST_EXACT = 4096;

    private Values() {}

    /** Appends a number or, for a bool column, {@code true}, {@code false}, {@code 0} or {@code 1} in any case. */
    static void add(TensorColumn column, byte[] text, int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && text[from] == ' ') {
            from++;
        }
        while (to > from && text[to - 1] == ' ') {
            to--;
        }
        switch (column.type()) {
            case FLOAT32 -> column.addFloat(floatOf(text, from, to));
            case FLOAT64 -> column.addDouble(doubleOf(text, from, to));
            case FLOAT16 -> column.addShort(halfOf(text, from, to));
            case BOOL -> column.addByte(boolOf(text, from, to));
            case STRING -> column.addString(new String(text, begin, end - begin, StandardCharsets.UTF_8));
            default -> addInteger(column, integerOf(text, from, to), text, from, to);
        }
    }

    private static void addInteger(TensorColumn column, long value, byte[] text, int from, int to) {
        switch (column.type()) {
            case INT8 ->
                column.addByte((byte) inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE, column.type(), text, from, to));
            case INT16 ->
                column.addShort(
                        (short) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE, column.type(), text, from, to));
            case INT32 ->
                column.addInt(
                        (int) inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE, column.type(), text, from, to));
            case UINT8 -> column.addByte((byte) inRange(value, 0, 255, column.type(), text, from, to));
            default -> column.addLong(value);
        }
    }

    private static long inRange(long value, long least, long most, ElementType type, byte[] text, int from, int to) {
        if (value < least || value > most) {
            throw outOfRange(type, text, from, to);
        }
        return value;
    }

    /** A small whole number, or -1 where the text is another one. */
    private static int small(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 0 || length > SMALL_DIGITS) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    static float floatOf(byte[] text, int from, int to) {
        int small = small(text, from, to);
        if (small >= 0) {
            return small;
        }
        Float named = special(text, from, to);
        if (named != null) {
            return named;
        }
        float value = JavaFloatParser.parseFloat(text, from, checked(text, from, to));
        if (Float.isInfinite(value)) {
            throw outOfRange(ElementType.FLOAT32, text, from, to);
        }
        return value;
    }

    private static double doubleOf(byte[] text, int from, int to) {
        int small = small(text, from, to);
        if (small >= 0) {
            return small;
        }
        Float named = special(text, from, to);
        if (named != null) {
            return named;
        }
        double value = JavaDoubleParser.parseDouble(text, from, checked(text, from, to));
        if (Double.isInfinite(value)) {
            throw outOfRange(ElementType.FLOAT64, text, from, to);
        }
        return value;
    }

    private static short halfOf(byte[] text, int from, int to) {
        float value = floatOf(text, from, to);
        short half = Float16.fromFloat(value);
        if (!Float.isInfinite(value) && (half & 0x7fff) == 0x7c00) {
            throw outOfRange(ElementType.FLOAT16, text, from, to);
        }
        return half;
    }

    /** The length of the text, once it is seen to be a plain decimal number. */
    private static int checked(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = text[i];
            boolean fits = (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
            if (!fits) {
                throw noNumber(text, from, to);
            }
        }
        byte last = to > from ? text[to - 1] : 0;
        if ((last < '0' || last > '9') && last != '.') {
            throw noNumber(text, from, to);
        }
        return to - from;
    }

    /** NaN or an infinity in any case, or null. */
    private static @Nullable Float special(byte[] text, int from, int to) {
        int length = to - from;
        if (length < 3 || length > 9 || (text[to - 1] >= '0' && text[to - 1] <= '9')) {
            return null;
        }
        String word = new String(text, from, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "nan" -> Float.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Float.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static byte boolOf(byte[] text, int from, int to) {
        String word = new String(text, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "true", "1" -> 1;
            case "false", "0" -> 0;
            default -> throw new InvalidTaskException("expected true, false, 0 or 1, got " + shown(text, from, to));
        };
    }

    /** A whole number of 64 bits, also written with a fraction of zeros or an exponent. */
    private static long integerOf(byte[] text, int from, int to) {
        boolean negative = from < to && text[from] == '-';
        int digits = to - from - (negative ? 1 : 0);
        if (digits == 0 || digits > MOST_DIGITS) {
            return exactInteger(text, from, to);
        }
        long value = 0;
        for (int i = to - digits; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return exactInteger(text, from, to);
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private static long exactInteger(byte[] text, int from, int to) {
        if (special(text, from, to) != null) {
            throw new InvalidTaskException("expected a whole number, got " + shown(text, from, to));
        }
        if (checked(text, from, to) > LONGEST_EXACT) {
            throw outOfRange(ElementType.INT64, text, from, to);
        }
        BigDecimal value;
        try {
            value = new BigDecimal(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw noNumber(text, from, to);
        }
        if (value.signum() == 0) {
            return 0;
        }
        long magnitude = (long) value.precision() - value.scale();
        if (magnitude > 19) {
            throw outOfRange(ElementType.INT64, text, from, to);
        }
        if (magnitude < 1 || value.stripTrailingZeros().scale() > 0) {
            throw new InvalidTaskException("expected a whole number, got " + shown(text, from, to));
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw outOfRange(ElementType.INT64, text, from, to);
        }
    }

    private static InvalidTaskException noNumber(byte[] text, int from, int to) {
        return new InvalidTaskException("expected a number, got " + shown(text, from, to));
    }

    private static InvalidTaskException outOfRange(ElementType type, byte[] text, int from, int to) {
        return new InvalidTaskException(shown(text, from, to) + " is out of the range of " + type.label());
    }

    private static String shown(byte[] text, int from, int to) {
        int most = Math.min(to, from + 60);
        String shown = new String(text, from, most - from, StandardCharsets.UTF_8);
        return "\"" + shown + (most < to ? "…" : "") + "\"";
    }
}
