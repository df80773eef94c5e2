package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteSearch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Splits a range of a file into records: JSONL at line feeds only, CSV (RFC 4180) at line ends outside quotes, where a quote
 * opens only at the start of a field. Reads in chunks into one reused array; a record over the limit is passed over without
 * being held. Confined to one thread at a time.
 */
final class RecordReader implements AutoCloseable {

    private static final int CHUNK = 1 << 20;
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final byte QUOTE = '"';

    private enum Csv {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final FileChannel channel;
    private final boolean csv;
    private final byte delimiter;
    private final int maxTaskSize;
    private final long end;
    private final CRC32C crc = new CRC32C();
    private byte[] array = new byte[CHUNK];
    private int position;
    private int limit;
    private int hashed;
    private long readOffset;
    private long line;
    private boolean blankIsRecord;

    private int from;
    private int to;
    private long recordLine;
    private boolean tooLarge;

    /** Opens a file at the offset where a record begins, on that line, up to an end. */
    RecordReader(TaskInput input, long offset, long end, long line) throws IOException {
        this.channel = FileChannel.open(input.file(), StandardOpenOption.READ);
        this.csv = input.format() == TaskFormat.CSV;
        this.delimiter = (byte) input.delimiter();
        this.maxTaskSize = input.maxTaskSize();
        this.end = end;
        seek(offset, line);
    }

    /** Goes to an offset where a record begins; the checksum begins anew there. */
    void seek(long offset, long onLine) {
        position = 0;
        limit = 0;
        hashed = 0;
        readOffset = offset;
        line = onLine;
        crc.reset();
    }

    /** Makes empty lines of CSV records, as they are where there is one column. */
    void blankIsRecord(boolean value) {
        blankIsRecord = value;
    }

    /** Skips a byte order mark, if there is one here. */
    void skipByteOrderMark() throws IOException {
        while (limit - position < 3 && fill(position)) {
            continue;
        }
        if (limit - position >= 3
                && (array[position] & 0xff) == 0xef
                && (array[position + 1] & 0xff) == 0xbb
                && (array[position + 2] & 0xff) == 0xbf) {
            position += 3;
        }
    }

    /** Moves to the next record; false at the end of the range. */
    boolean next() throws IOException {
        while (readRecord()) {
            if (tooLarge || !blank()) {
                return true;
            }
        }
        return false;
    }

    private boolean blank() {
        if (csv) {
            return from == to && !blankIsRecord;
        }
        for (int i = from; i < to; i++) {
            if (array[i] != ' ' && array[i] != '\t' && array[i] != CR) {
                return false;
            }
        }
        return true;
    }

    private boolean readRecord() throws IOException {
        if (position == limit && !fill(position)) {
            return false;
        }
        tooLarge = false;
        recordLine = line;
        int lineEnd = csv ? csvEnd() : jsonEnd();
        from = tooLarge ? 0 : position;
        to = tooLarge ? 0 : lineEnd;
        position = Math.min(lineEnd + 1, limit);
        if (to > from && array[to - 1] == CR) {
            to--;
        }
        tooLarge |= to - from > maxTaskSize;
        return true;
    }

    /** The index of the line feed that ends the line at {@link #position}, or {@link #limit} at the end of the range. */
    private int jsonEnd() throws IOException {
        int scanned = position;
        while (true) {
            int found = ByteSearch.indexOf(array, scanned, limit, LF);
            if (found >= 0) {
                line++;
                return found;
            }
            int before = limit - position;
            boolean more = fill(holdFrom());
            scanned = tooLarge ? position : position + before;
            if (!more) {
                return limit;
            }
        }
    }

    private int csvEnd() throws IOException {
        int found = ByteSearch.indexOf(array, position, limit, LF);
        if (found >= 0 && ByteSearch.indexOf(array, position, found, QUOTE) < 0) {
            line++;
            return found;
        }
        return quotedEnd();
    }

    private int quotedEnd() throws IOException {
        Csv state = Csv.FIELD_START;
        long opened = line;
        int i = position;
        while (true) {
            if (i == limit) {
                int before = i - position;
                boolean more = fill(holdFrom());
                i = tooLarge ? position : position + before;
                if (!more) {
                    if (state == Csv.QUOTED) {
                        throw new InputUnreadableException("line " + opened + ": a quote opens that never closes");
                    }
                    return limit;
                }
            }
            byte b = array[i];
            if (b == LF) {
                line++;
                if (state != Csv.QUOTED) {
                    return i;
                }
            }
            Csv after = after(state, b);
            if (after == Csv.QUOTED && state == Csv.FIELD_START) {
                opened = line;
            }
            state = after;
            i++;
        }
    }

    private Csv after(Csv state, byte b) {
        return switch (state) {
            case FIELD_START -> b == QUOTE ? Csv.QUOTED : b == delimiter ? Csv.FIELD_START : Csv.PLAIN;
            case PLAIN -> b == delimiter ? Csv.FIELD_START : Csv.PLAIN;
            case QUOTED -> b == QUOTE ? Csv.QUOTE_IN_QUOTED : Csv.QUOTED;
            case QUOTE_IN_QUOTED -> b == QUOTE ? Csv.QUOTED : b == delimiter ? Csv.FIELD_START : Csv.PLAIN;
        };
    }

    /** From where on the bytes of the record must be held: nowhere any more, once it is too large. */
    private int holdFrom() {
        if (limit - position > maxTaskSize + 2L) {
            tooLarge = true;
        }
        return tooLarge ? limit : position;
    }

    /** Reads more, dropping what lies before an index; false at the end of the range. */
    private boolean fill(int keepFrom) throws IOException {
        hash(keepFrom);
        int kept = limit - keepFrom;
        System.arraycopy(array, keepFrom, array, 0, kept);
        position = 0;
        hashed -= keepFrom;
        limit = kept;
        if (limit == array.length) {
            array = Arrays.copyOf(array, (int) Math.min(2L * array.length, Integer.MAX_VALUE - 8));
        }
        int room = (int) Math.min(array.length - limit, end - readOffset);
        if (room <= 0) {
            return false;
        }
        int read = channel.read(ByteBuffer.wrap(array, limit, room), readOffset);
        if (read <= 0) {
            return false;
        }
        limit += read;
        readOffset += read;
        return true;
    }

    private void hash(int upTo) {
        if (upTo > hashed) {
            crc.update(array, hashed, upTo - hashed);
            hashed = upTo;
        }
    }

    /** The offset in the file where the next record begins. */
    long offset() {
        return readOffset - (limit - position);
    }

    /** The line of the file where the next record begins. */
    long line() {
        return line;
    }

    /** CRC32C of the bytes from where reading began to {@link #offset}. */
    int crc() {
        hash(position);
        return (int) crc.getValue();
    }

    /** The bytes of the record are {@code array[from..to)}; valid until the next one. */
    byte[] array() {
        return array;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The line of the file where the record begins. */
    long recordLine() {
        return recordLine;
    }

    /** Whether the record was over the limit and is not held. */
    boolean tooLarge() {
        return tooLarge;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
