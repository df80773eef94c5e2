package dev.modelmill.task.bytes;

import java.nio.charset.StandardCharsets;

/** JSON strings appended to bytes without garbage. Stateless. */
public final class JsonText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int REPLACEMENT = 0xFFFD;

    private JsonText() {}

    /** Appends valid UTF-8 as a JSON string, quoted and escaped. */
    public static void appendString(ByteBuilder out, byte[] utf8, int from, int to) {
        out.append((byte) '"');
        int start = from;
        for (int at = from; at < to; at++) {
            if (needsEscape(utf8[at])) {
                out.append(utf8, start, at);
                appendEscaped(out, utf8[at]);
                start = at + 1;
            }
        }
        out.append(utf8, start, to).append((byte) '"');
    }

    /** Appends text as a JSON string, quoted and escaped; a surrogate without its partner becomes U+FFFD. */
    public static void appendString(ByteBuilder out, String text) {
        out.append((byte) '"');
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit >= 0x80) {
                int codePoint = text.codePointAt(at);
                at += Character.charCount(codePoint) - 1;
                appendUtf8(out, isSurrogate(codePoint) ? REPLACEMENT : codePoint);
            } else if (needsEscape((byte) unit)) {
                appendEscaped(out, (byte) unit);
            } else {
                out.append((byte) unit);
            }
        }
        out.append((byte) '"');
    }

    private static boolean needsEscape(byte value) {
        return (value >= 0 && value < 0x20) || value == '"' || value == '\\';
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static void appendEscaped(ByteBuilder out, byte value) {
        out.append((byte) '\\');
        switch (value) {
            case '"', '\\' -> out.append(value);
            case '\n' -> out.append((byte) 'n');
            case '\r' -> out.append((byte) 'r');
            case '\t' -> out.append((byte) 't');
            case '\b' -> out.append((byte) 'b');
            case '\f' -> out.append((byte) 'f');
            default ->
                out.append((byte) 'u')
                        .append((byte) '0')
                        .append((byte) '0')
                        .append(HEX[value >> 4])
                        .append(HEX[value & 15]);
        }
    }

    private static void appendUtf8(ByteBuilder out, int codePoint) {
        if (codePoint < 0x800) {
            out.append((byte) (0xC0 | codePoint >> 6));
        } else if (codePoint < 0x10000) {
            out.append((byte) (0xE0 | codePoint >> 12));
            out.append((byte) (0x80 | codePoint >> 6 & 0x3F));
        } else {
            out.append((byte) (0xF0 | codePoint >> 18));
            out.append((byte) (0x80 | codePoint >> 12 & 0x3F));
            out.append((byte) (0x80 | codePoint >> 6 & 0x3F));
        }
        out.append((byte) (0x80 | codePoint & 0x3F));
    }
}
