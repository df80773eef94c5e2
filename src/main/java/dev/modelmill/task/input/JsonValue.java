package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteSearch;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of one input from JSON that is known to be well-formed: a scalar, or arrays of them. Confined to one
 * thread.
 */
final class JsonValue {

    private final ValueParser parser;
    private final ValueShape shape;
    private final byte @Nullable [] missing;

    /** @param missing the literal that stands in for null, or null where that fails the task */
    JsonValue(ValueParser parser, ValueShape shape, byte @Nullable [] missing) {
        this.parser = parser;
        this.shape = shape;
        this.missing = missing;
    }

    /**
     * Appends the values between two positions to a column and follows their shape.
     *
     * @throws InvalidTaskException if one is of another type, out of range or ragged
     */
    void read(byte[] json, int from, int to, TensorColumn out) {
        int position = from;
        while (position < to) {
            switch (json[position]) {
                case '[' -> {
                    shape.open();
                    position++;
                }
                case ']' -> {
                    shape.close();
                    position++;
                }
                case ',', ' ', '\t', '\r', '\n' -> position++;
                default -> {
                    shape.value();
                    position = scalar(json, position, to, out);
                }
            }
        }
    }

    /** Appends the scalar that begins at a position and returns where it ends. */
    private int scalar(byte[] json, int from, int to, TensorColumn out) {
        return switch (json[from]) {
            case '"' -> string(json, from + 1, to, out);
            case 't' -> bool(true, from, out);
            case 'f' -> bool(false, from, out);
            case 'n' -> missing(from, out);
            case '{' -> throw new InvalidTaskException("expected a " + parser.noun() + ", got an object");
            default -> number(json, from, to, out);
        };
    }

    private int number(byte[] json, int from, int to, TensorColumn out) {
        int end = from + 1;
        while (end < to && isOfNumber(json[end])) {
            end++;
        }
        parser.addNumber(json, from, end, out);
        return end;
    }

    private static boolean isOfNumber(byte value) {
        return value != ',' && value != ']' && value > ' ';
    }

    private int string(byte[] json, int from, int to, TensorColumn out) {
        int end = from;
        while (true) {
            end = ByteSearch.indexOfEither(json, end, to, (byte) '"', (byte) '\\');
            if (json[end] == '"') {
                parser.addString(json, from, end, out);
                return end + 1;
            }
            end += 2;
        }
    }

    private int bool(boolean value, int from, TensorColumn out) {
        parser.addBoolean(value, out);
        return from + Boolean.toString(value).length();
    }

    private int missing(int from, TensorColumn out) {
        if (missing == null) {
            throw new InvalidTaskException("expected a " + parser.noun() + ", got null");
        }
        parser.addText(missing, 0, missing.length, out);
        return from + "null".length();
    }
}
