package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;

/** Takes text as it is; in JSON a string, its escapes undone. */
final class StringParser extends ValueParser {

    StringParser() {
        super("string");
    }

    @Override
    boolean takesAnyText() {
        return true;
    }

    @Override
    void addText(byte[] text, int from, int to, TensorColumn out) {
        out.addString(new String(text, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    void addNumber(byte[] json, int from, int to, TensorColumn out) {
        String number = new String(json, from, Math.min(to - from, 40), StandardCharsets.US_ASCII);
        throw new InvalidTaskException("expected a string, got " + number);
    }

    @Override
    void addString(byte[] json, int from, int to, TensorColumn out) {
        if (ByteSearch.indexOf(json, from, to, (byte) '\\') < 0) {
            addText(json, from, to, out);
        } else {
            out.addString(unescape(new String(json, from, to - from, StandardCharsets.UTF_8)));
        }
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int start = 0;
        for (int escape = text.indexOf('\\'); escape >= 0; escape = text.indexOf('\\', start)) {
            plain.append(text, start, escape);
            char kind = text.charAt(escape + 1);
            boolean hexadecimal = kind == 'u';
            start = escape + (hexadecimal ? 6 : 2);
            plain.append(hexadecimal ? (char) Integer.parseInt(text, escape + 2, start, 16) : character(kind));
        }
        return plain.append(text, start, text.length()).toString();
    }

    private static char character(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }
}
