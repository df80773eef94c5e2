package dev.modelmill.task.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON strings as bytes (RFC 8259, section 7): only what must be escaped is. */
public final class JsonText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SHORT_ESCAPES = shortEscapes();

    private JsonText() {}

    /** Appends the UTF-8 text in {@code [from, to)} as a JSON string, quotes included. */
    public static void appendString(ByteBuilder out, byte[] utf8, int from, int to) {
        out.append((byte) '"');
        int start = from;
        for (int index = from; index < to; index++) {
            if (mustEscape(utf8[index])) {
                out.append(utf8, start, index);
                appendEscape(out, utf8[index]);
                start = index + 1;
            }
        }
        out.append(utf8, start, to).append((byte) '"');
    }

    /** Appends text as a JSON string, quotes included; a surrogate without its other half becomes a question mark. */
    public static void appendString(ByteBuilder out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        appendString(out, utf8, 0, utf8.length);
    }

    /** The bytes that {@link #appendString(ByteBuilder, String)} appends. */
    public static byte[] string(String text) {
        ByteBuilder out = new ByteBuilder(text.length() + 2);
        appendString(out, text);
        return Arrays.copyOf(out.array(), out.length());
    }

    private static boolean mustEscape(byte value) {
        return value == '"' || value == '\\' || (value >= 0 && value < ' ');
    }

    private static void appendEscape(ByteBuilder out, byte value) {
        out.append((byte) '\\');
        if (SHORT_ESCAPES[value] != 0) {
            out.append(SHORT_ESCAPES[value]);
        } else {
            out.appendAscii("u00").append(HEX[value >> 4]).append(HEX[value & 15]);
        }
    }

    private static byte[] shortEscapes() {
        byte[] escapes = new byte['\\' + 1];
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        escapes['\b'] = 'b';
        escapes['\f'] = 'f';
        escapes['\n'] = 'n';
        escapes['\r'] = 'r';
        escapes['\t'] = 't';
        return escapes;
    }
}
