package dev.modelmill.task.input;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Cuts a part of a file into records, one at a time, without copying them out of the chunk they were read in. The scan
 * that counts the tasks and the decoder that reads them share it, so they can't disagree. Confined to one thread.
 */
abstract class RecordSplitter implements AutoCloseable {

    /** Bytes read at a time: small enough to stay in the processor's cache until the records are decoded. */
    static final int CHUNK = 256 * 1024;

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final FileRange file;
    private final int maxTaskSize;
    private final int maxHeld;
    private final CRC32C crc = new CRC32C();

    private byte[] array;
    private int limit;
    /** The offset in the file of the array's first byte. */
    private long base;
    /** Bytes of the array that the CRC already covers. */
    private int crcEnd;

    private int start;
    private int next;
    private int from;
    private int to;
    private boolean dropped;
    private long line;
    private long nextLine;

    RecordSplitter(TaskInput input, FileRange file, long firstLine, int chunk) {
        this.file = file;
        this.maxTaskSize = input.maxTaskSize();
        // a record that fills the array has more bytes than a task may have, a line break apart
        this.maxHeld = (int) Math.min(Math.max(chunk, input.maxTaskSize() + 3L), MAX_ARRAY);
        this.array = new byte[chunk];
        this.base = file.position();
        this.nextLine = firstLine;
    }

    /** A splitter for the format of an input. */
    static RecordSplitter of(TaskInput input, InputHead head, FileRange file, long firstLine) {
        return of(input, head, file, firstLine, CHUNK);
    }

    static RecordSplitter of(TaskInput input, InputHead head, FileRange file, long firstLine, int chunk) {
        return switch (input.format()) {
            case JSONL -> new JsonlSplitter(input, file, firstLine, chunk);
            case CSV -> new CsvSplitter(input, head.columns().size() == 1, file, firstLine, chunk);
        };
    }

    /**
     * Moves on to the next record that is a task; false at the end.
     *
     * @throws InputUnreadableException if the file can't be read, or ends inside of a quoted field
     * @throws InputChangedException if it ends before the range does
     */
    final boolean next() {
        while (advance()) {
            if (isTask()) {
                return true;
            }
        }
        return false;
    }

    /** The array that holds the record between {@link #from} and {@link #to}; valid until the next one. */
    final byte[] array() {
        return array;
    }

    final int from() {
        return from;
    }

    final int to() {
        return to;
    }

    /** Whether the record has more bytes than a task may have; then it is not to be looked at. */
    final boolean tooLarge() {
        return dropped || to - from > maxTaskSize;
    }

    /** The 1-based line of the file in which the record begins. */
    final long line() {
        return line;
    }

    /** The offset in the file of the first byte after the record and its line break. */
    final long nextOffset() {
        return base + next;
    }

    /** The line at {@link #nextOffset}. */
    final long nextLine() {
        return nextLine;
    }

    /** CRC32C of the bytes up to {@link #nextOffset}, from the range's start or where {@link #restartCrc} was called. */
    final int crc() {
        coverByCrc(next);
        return (int) crc.getValue();
    }

    final void restartCrc() {
        coverByCrc(next);
        crc.reset();
    }

    @Override
    public final void close() {
        file.close();
    }

    /** A record begins at an index of the array. */
    abstract void begin(int index);

    /** The index of the line feed that ends the record, among the bytes not yet searched; or -1, all being searched. */
    abstract int findEnd(byte[] bytes, int searchFrom, int searchTo);

    /** The range ended before a line feed ended the record; {@code planned}: where a partition was to end. */
    abstract void endOfRange(boolean planned);

    /** The array's content moved toward its start. */
    abstract void moved(int distance);

    /** The first bytes of a record that is too large to be held are dropped. */
    abstract void dropping(byte[] bytes, int droppedFrom, int droppedTo);

    /** Whether the record is a task at all. */
    abstract boolean isTask();

    /** The record has a line break inside. */
    final void countLine() {
        nextLine++;
    }

    private boolean advance() {
        start = next;
        line = nextLine;
        dropped = false;
        begin(start);
        int searched = start;
        while (true) {
            int end = findEnd(array, searched, limit);
            if (end >= 0) {
                nextLine++;
                return finish(end, end + 1);
            }
            int unsearched = limit;
            int distance = fill();
            if (distance < 0) {
                return atEndOfRange();
            }
            searched = unsearched - distance;
        }
    }

    private boolean atEndOfRange() {
        if (start == limit) {
            next = limit;
            return false;
        }
        endOfRange(file.bounded());
        return finish(limit, limit);
    }

    private boolean finish(int end, int after) {
        from = start;
        to = end > start && array[end - 1] == '\r' ? end - 1 : end;
        next = after;
        return true;
    }

    /** Reads on; returns how far the bytes in the array moved to make room, or -1 at the end of the range. */
    private int fill() {
        int distance = makeRoom();
        int read = file.read(array, limit, array.length);
        if (read < 0) {
            return -1;
        }
        limit += read;
        return distance;
    }

    private int makeRoom() {
        int distance = start;
        if (start > 0) {
            discard(start);
        } else if (limit == array.length && limit < maxHeld) {
            array = Arrays.copyOf(array, (int) Math.min(2L * limit, maxHeld));
        } else if (limit == array.length) {
            // the last byte stays: it may be a carriage return, or the delimiter before a quote
            dropping(array, 0, limit - 1);
            dropped = true;
            distance = limit - 1;
            discard(distance);
        }
        return distance;
    }

    private void discard(int count) {
        coverByCrc(count);
        System.arraycopy(array, count, array, 0, limit - count);
        crcEnd -= count;
        limit -= count;
        base += count;
        start = 0;
        next = Math.max(next - count, 0);
        moved(count);
    }

    private void coverByCrc(int index) {
        if (index > crcEnd) {
            crc.update(array, crcEnd, index - crcEnd);
            crcEnd = index;
        }
    }
}
