package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteSearch;

/**
 * Cuts CSV after RFC 4180: a line feed ends a record unless it is quoted. A quote opens where a field starts; any other
 * one in a field that is not quoted is an ordinary character. An empty line is no task unless the file has one column.
 */
final class CsvSplitter extends RecordSplitter {

    private static final int NOWHERE = -2;

    private final byte delimiter;
    private final boolean oneColumn;

    private boolean quoted;
    private long quoteLine;
    /** Where a field can start with a quote, beside after a delimiter: the record's start. */
    private int recordStart;
    /** Where the last quote closed: one right after it means that both together stand for one in the text. */
    private int closed;

    CsvSplitter(TaskInput input, boolean oneColumn, FileRange file, long firstLine, int chunk) {
        super(input, file, firstLine, chunk);
        this.delimiter = (byte) input.delimiter();
        this.oneColumn = oneColumn;
    }

    @Override
    void begin(int index) {
        recordStart = index;
        quoted = false;
        closed = NOWHERE;
    }

    @Override
    int findEnd(byte[] bytes, int searchFrom, int searchTo) {
        int index = searchFrom;
        while (true) {
            index = ByteSearch.indexOfEither(bytes, index, searchTo, (byte) '\n', (byte) '"');
            if (index < 0 || (bytes[index] == '\n' && !quoted)) {
                return index;
            }
            if (bytes[index] == '\n') {
                countLine();
            } else {
                quoteAt(bytes, index);
            }
            index++;
        }
    }

    private void quoteAt(byte[] bytes, int index) {
        if (quoted) {
            quoted = false;
            closed = index;
        } else if (closed == index - 1) {
            quoted = true;
        } else if (index == recordStart || bytes[index - 1] == delimiter) {
            quoted = true;
            quoteLine = nextLine();
        }
    }

    @Override
    void endOfRange(boolean planned) {
        if (quoted && planned) {
            throw new InputChangedException("a quoted field goes on where it ended when the tasks were counted");
        }
        if (quoted) {
            throw new InputUnreadableException("the quote that opens in line " + quoteLine
                    + " never closes; a quote in a quoted field is doubled");
        }
    }

    @Override
    void moved(int distance) {
        recordStart = Math.max(recordStart - distance, NOWHERE);
        closed = Math.max(closed - distance, NOWHERE);
    }

    @Override
    void dropping(byte[] bytes, int droppedFrom, int droppedTo) {}

    @Override
    boolean isTask() {
        return oneColumn || tooLarge() || from() < to();
    }
}
