package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one CSV record: where each lies, without its quotes. Fields with doubled quotes are undone into an array of
 * their own. Reused from record to record; confined to one thread.
 */
final class CsvFields {

    private static final byte QUOTE = '"';

    private final byte delimiter;
    private final ByteBuilder undone = new ByteBuilder(256);
    private byte[] record = new byte[0];
    private int[] from = new int[16];
    private int[] to = new int[16];
    private boolean[] moved = new boolean[16];
    private int count;

    CsvFields(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    /** Splits a record; the array must stay as it is while the fields are read. */
    void split(byte[] array, int begin, int end) {
        record = array;
        count = 0;
        undone.clear();
        int i = begin;
        while (true) {
            room();
            i = i < end && array[i] == QUOTE ? quoted(i, end) : plain(i, end);
            count++;
            if (i >= end) {
                return;
            }
            i++;
            if (i == end) {
                room();
                plain(i, end);
                count++;
                return;
            }
        }
    }

    private void room() {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            moved = Arrays.copyOf(moved, 2 * count);
        }
    }

    private int plain(int begin, int end) {
        int i = begin;
        while (i < end && record[i] != delimiter) {
            i++;
        }
        set(begin, i, false);
        return i;
    }

    private int quoted(int begin, int end) {
        int i = begin + 1;
        while (i < end && record[i] != QUOTE) {
            i++;
        }
        if (i + 1 >= end || record[i + 1] == delimiter) {
            set(begin + 1, i, false);
            return i + 1;
        }
        return escaped(begin + 1, end);
    }

    /** A field with doubled quotes, or with something behind its closing quote, which is taken as it is. */
    private int escaped(int begin, int end) {
        int start = undone.length();
        boolean open = true;
        int i = begin;
        while (i < end && (open || record[i] != delimiter)) {
            if (open && record[i] == QUOTE) {
                if (i + 1 < end && record[i + 1] == QUOTE) {
                    undone.append(QUOTE);
                    i += 2;
                } else {
                    open = false;
                    i++;
                }
            } else {
                undone.append(record[i++]);
            }
        }
        set(start, undone.length(), true);
        return i;
    }

    private void set(int begin, int end, boolean elsewhere) {
        from[count] = begin;
        to[count] = end;
        moved[count] = elsewhere;
    }

    int count() {
        return count;
    }

    /** The array that holds a field. */
    byte[] array(int field) {
        return moved[field] ? undone.array() : record;
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    String text(int field) {
        return new String(array(field), from[field], to[field] - from[field], StandardCharsets.UTF_8);
    }
}
