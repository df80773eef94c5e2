package dev.modelmill.task.input;

import dev.modelmill.task.bytes.Utf8;
import java.util.Arrays;
import java.util.List;

/**
 * What stands before the first task of a file: a byte order mark and, in CSV, the header line.
 *
 * @param columns the names of the columns, empty for JSONL and for a file without any line
 * @param offset where the tasks begin
 * @param line the 1-based line there
 */
record InputHead(List<String> columns, long offset, long line) {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /**
     * Reads the head of a file.
     *
     * @throws InputUnreadableException if the file or its header line can't be read
     */
    static InputHead read(TaskInput input) {
        long begin = afterByteOrderMark(input);
        InputHead nothing = new InputHead(List.of(), begin, 1);
        return input.format() == TaskFormat.CSV ? afterHeader(input, nothing) : nothing;
    }

    private static long afterByteOrderMark(TaskInput input) {
        byte[] start = new byte[BYTE_ORDER_MARK.length];
        try (FileRange file = FileRange.open(input.file(), 0, FileRange.FILE_END)) {
            int read = 0;
            for (int more = 0; more >= 0 && read < start.length; read += Math.max(more, 0)) {
                more = file.read(start, read, start.length);
            }
        }
        return Arrays.equals(start, BYTE_ORDER_MARK) ? start.length : 0;
    }

    private static InputHead afterHeader(TaskInput input, InputHead nothing) {
        FileRange file = FileRange.open(input.file(), nothing.offset(), FileRange.FILE_END);
        try (RecordSplitter lines = RecordSplitter.of(input, nothing, file, 1)) {
            return lines.next() ? new InputHead(columns(input, lines), lines.nextOffset(), lines.nextLine()) : nothing;
        }
    }

    private static List<String> columns(TaskInput input, RecordSplitter lines) {
        if (lines.tooLarge()) {
            throw new InputUnreadableException("the header line is longer than " + input.maxTaskSize() + " bytes");
        }
        if (Utf8.indexOfMalformed(lines.array(), lines.from(), lines.to()) >= 0) {
            throw new InputUnreadableException("the header line is not UTF-8");
        }
        return List.copyOf(names(input, lines));
    }

    private static List<String> names(TaskInput input, RecordSplitter lines) {
        CsvRecord header = new CsvRecord(input.delimiter());
        try {
            header.split(lines.array(), lines.from(), lines.to());
        } catch (InvalidTaskException malformed) {
            throw new InputUnreadableException("the header line is malformed: " + malformed.getMessage());
        }
        return header.texts();
    }
}
