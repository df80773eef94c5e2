package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import java.nio.charset.StandardCharsets;

/** Reads values of one type from text and appends them to a column. Stateless. */
abstract class ValueParser {

    private final String noun;

    /** @param noun what a value is called in messages: {@code number} */
    ValueParser(String noun) {
        this.noun = noun;
    }

    /** The parser of a type. */
    static ValueParser of(ElementType type) {
        return switch (type) {
            case FLOAT32, FLOAT64, FLOAT16 -> new FloatParser(type);
            case INT8, INT16, INT32, INT64, UINT8 -> new IntegerParser(type);
            case BOOL -> new BoolParser();
            case STRING -> new StringParser();
        };
    }

    final String noun() {
        return noun;
    }

    /** Whether a cell without text is a value, and spaces around one are part of it. */
    boolean takesAnyText() {
        return false;
    }

    /**
     * Appends the value of a cell, or of a number in JSON; for all but strings it is not empty.
     *
     * @throws InvalidTaskException if that is no value of the type
     */
    abstract void addText(byte[] text, int from, int to, TensorColumn out);

    /** Appends the value of a number in JSON. */
    void addNumber(byte[] json, int from, int to, TensorColumn out) {
        addText(json, from, to, out);
    }

    /** Appends the value of a JSON string, given without its quotes. */
    void addString(byte[] json, int from, int to, TensorColumn out) {
        throw new InvalidTaskException("expected a " + noun + ", got the string " + Excerpt.of(json, from, to));
    }

    /** Appends the value of {@code true} or {@code false} in JSON. */
    void addBoolean(boolean value, TensorColumn out) {
        throw new InvalidTaskException("expected a " + noun + ", got " + value);
    }

    /** Whether the bytes are some ASCII text, whatever the case of its letters. */
    static boolean equalsIgnoreCase(byte[] text, int from, int to, String lowerCase) {
        return to - from == lowerCase.length()
                && new String(text, from, to - from, StandardCharsets.ISO_8859_1).equalsIgnoreCase(lowerCase);
    }
}
