package dev.modelmill.task.output;

import dev.modelmill.task.bytes.ByteBuilder;
import java.nio.charset.StandardCharsets;

/** Cells of CSV by RFC 4180: quoted where they hold a quote, a comma or a line break, or nothing. */
final class CsvCell {

    private CsvCell() {}

    /** Appends text; the empty text in quotes, to tell it from null. */
    static void append(ByteBuilder out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        append(out, utf8, 0, utf8.length);
    }

    /** Appends UTF-8 bytes. */
    static void append(ByteBuilder out, byte[] utf8, int from, int to) {
        if (isPlain(utf8, from, to)) {
            out.append(utf8, from, to);
        } else {
            appendQuoted(out, utf8, from, to);
        }
    }

    private static boolean isPlain(byte[] utf8, int from, int to) {
        for (int at = from; at < to; at++) {
            switch (utf8[at]) {
                case '"', ',', '\n', '\r' -> {
                    return false;
                }
                default -> {}
            }
        }
        return to > from;
    }

    private static void appendQuoted(ByteBuilder out, byte[] utf8, int from, int to) {
        out.append((byte) '"');
        int start = from;
        for (int at = from; at < to; at++) {
            if (utf8[at] == '"') {
                out.append(utf8, start, at + 1);
                start = at; // once more with what follows
            }
        }
        out.append(utf8, start, to).append((byte) '"');
    }
}
