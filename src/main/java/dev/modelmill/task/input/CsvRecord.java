package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one CSV record as ranges of bytes; reused for record after record. A field with doubled quotes is undone
 * into a buffer of its own, every other one stays where it was read. Confined to one thread.
 */
final class CsvRecord {

    private final byte delimiter;
    private final ByteBuilder undoubled = new ByteBuilder(64);

    private byte[] record = {};
    private int count;
    /** Where the fields start; complements of positions in {@link #undoubled}. */
    private int[] from = new int[16];

    private int[] to = new int[16];

    CsvRecord(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    /**
     * Finds the fields of the record between two positions of an array; returns how many there are.
     *
     * @throws InvalidTaskException if anything but a delimiter follows a closing quote
     */
    int split(byte[] array, int start, int end) {
        record = array;
        count = 0;
        undoubled.clear();
        int position = start;
        while (true) {
            boolean quoted = position < end && array[position] == '"';
            position = quoted ? quotedField(array, position + 1, end) : plainField(array, position, end);
            if (position == end) {
                return count;
            }
            position++;
        }
    }

    int count() {
        return count;
    }

    /** The array that holds a field between {@link #from} and {@link #to}. */
    byte[] array(int field) {
        return from[field] < 0 ? undoubled.array() : record;
    }

    int from(int field) {
        int start = from[field];
        return start < 0 ? ~start : start;
    }

    int to(int field) {
        return to[field];
    }

    /** All fields as text. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int field = 0; field < count; field++) {
            texts.add(new String(array(field), from(field), to(field) - from(field), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private int plainField(byte[] array, int start, int end) {
        int position = start;
        while (position < end && array[position] != delimiter) {
            position++;
        }
        add(start, position);
        return position;
    }

    private int quotedField(byte[] array, int start, int end) {
        int close = closingQuote(array, start, end);
        int position = close + 1;
        if (position < end && array[position] == '"') {
            position = doubledQuotes(array, start, close, end);
        } else {
            add(start, close);
        }
        if (position < end && array[position] != delimiter) {
            throw new InvalidTaskException("field " + count + ": text after the closing quote");
        }
        return position;
    }

    private int doubledQuotes(byte[] array, int start, int firstQuote, int end) {
        int begin = undoubled.length();
        int copied = start;
        int quote = firstQuote;
        while (quote + 1 < end && array[quote + 1] == '"') {
            undoubled.append(array, copied, quote + 1);
            copied = quote + 2;
            quote = closingQuote(array, copied, end);
        }
        undoubled.append(array, copied, quote);
        add(~begin, undoubled.length());
        return quote + 1;
    }

    private static int closingQuote(byte[] array, int start, int end) {
        int quote = ByteSearch.indexOf(array, start, end, (byte) '"');
        if (quote < 0) {
            throw new InvalidTaskException("a quote never closes");
        }
        return quote;
    }

    private void add(int start, int end) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        from[count] = start;
        to[count++] = end;
    }
}
