package dev.modelmill.task.output;

import java.nio.charset.StandardCharsets;

/** The words of JSON as bytes. */
final class Literals {

    static final byte[] NULL = ascii("null");

    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private Literals() {}

    /** {@code true} or {@code false}; not to be written to. */
    static byte[] of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
