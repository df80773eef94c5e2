package dev.modelmill.task.input;

import dev.modelmill.model.Signature;
import dev.modelmill.task.bytes.Crc32c;
import dev.modelmill.task.bytes.Utf8;
import java.io.IOException;
import java.util.List;

/**
 * Reads the tasks of one partition, window after window. Confined to one thread at a time; the memory that it holds is a
 * chunk of the file, or the largest record.
 */
public final class TaskDecoder implements AutoCloseable {

    private final TaskInput input;
    private final Signature signature;
    private final PartitionRange range;
    private final RecordReader reader;
    private final RecordDecoder decoder;
    private long done;
    private long bytesBefore;
    private int crcBefore;

    /** Opens a partition at its first task. */
    public TaskDecoder(
            TaskInput input, TaskSchema schema, Signature signature, List<String> include, PartitionRange range)
            throws IOException {
        this.input = input;
        this.signature = signature;
        this.range = range;
        this.reader = new RecordReader(input, range.offset(), range.offset() + range.bytes(), range.firstLine());
        this.reader.blankIsRecord(schema.columns().size() == 1);
        Include included = new Include(List.copyOf(include));
        this.decoder = input.format() == TaskFormat.CSV
                ? new CsvDecoder(input, schema, included)
                : new JsonlDecoder(input, schema, included);
    }

    /**
     * Goes to where an earlier reading has been.
     *
     * @param tasks tasks that were read
     * @param bytes bytes that they took
     * @param lines lines that they took
     * @param crc CRC32C of these bytes
     */
    public void seek(long tasks, long bytes, long lines, int crc) {
        reader.seek(range.offset() + bytes, range.firstLine() + lines);
        done = tasks;
        bytesBefore = bytes;
        crcBefore = crc;
    }

    /**
     * Decodes the next window.
     *
     * @param window what is filled
     * @param most tasks of a window
     * @throws InputChangedException if the file is not the one that was cut into partitions
     */
    public void next(DecodedWindow window, int most) throws IOException {
        window.begin(signature, range.firstTask() + done, most);
        int tasks = (int) Math.min(most, range.tasks() - done);
        for (int i = 0; i < tasks; i++) {
            if (!reader.next()) {
                throw changed();
            }
            window.beginTask(reader.recordLine());
            decode(window);
        }
        done += tasks;
        if (done == range.tasks()) {
            readToEnd();
        }
    }

    private void decode(DecodedWindow window) {
        int[] marks = new int[signature.inputs().size()];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = window.column(i).count();
        }
        try {
            checkRecord();
            decoder.decode(reader.array(), reader.from(), reader.to(), window);
            window.endValid();
        } catch (InvalidTaskException e) {
            for (int i = 0; i < marks.length; i++) {
                window.column(i).cutBack(marks[i]);
            }
            window.endInvalid(TaskFailure.invalid(String.valueOf(e.getMessage())));
        }
    }

    private void checkRecord() {
        if (reader.tooLarge()) {
            throw new InvalidTaskException(
                    "the record has more than " + input.maxTaskSize() + " bytes (modelmill.max-task-size)");
        }
        int malformed = Utf8.indexOfMalformed(reader.array(), reader.from(), reader.to());
        if (malformed >= 0) {
            throw new InvalidTaskException(
                    "not valid UTF-8 at byte " + (malformed - reader.from() + 1) + " of the record");
        }
    }

    /** Blank lines behind the last task belong to the partition, too; then its checksum must be that of the plan. */
    private void readToEnd() throws IOException {
        if (reader.next() || bytes() != range.bytes() || crc() != range.crc()) {
            throw changed();
        }
    }

    private static InputChangedException changed() {
        return new InputChangedException("the input is not the one whose tasks were counted: it was changed meanwhile");
    }

    /** Tasks read so far. */
    public long tasks() {
        return done;
    }

    /** Bytes of the partition read so far. */
    public long bytes() {
        return reader.offset() - range.offset();
    }

    /** Lines of the partition read so far. */
    public long lines() {
        return reader.line() - range.firstLine();
    }

    /** CRC32C of the bytes read so far. */
    public int crc() {
        return Crc32c.combine(crcBefore, reader.crc(), bytes() - bytesBefore);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
