package dev.modelmill.task.input;

import dev.modelmill.task.bytes.Crc32c;
import dev.modelmill.task.bytes.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tasks of a partition window by window. A task that can't be decoded takes its place as a failed one. Checks
 * that the partition's bytes are those that were counted, before it gives out the last window. Confined to one thread.
 */
public final class TaskDecoder implements AutoCloseable {

    private static final int MEGABYTE = 1 << 20;

    private final TaskInput input;
    private final TaskSchema schema;
    private final RecordDecoder decoder;

    private @Nullable RecordSplitter records;
    private @Nullable PartitionRange range;
    private InputPosition start = new InputPosition(0, 0, 1, 0);
    private long task;

    /** @param include what {@link DecodedWindow#appendEcho} is to show of a task */
    public TaskDecoder(TaskInput input, TaskSchema schema, Include include) {
        this.input = input;
        this.schema = schema;
        this.decoder = RecordDecoder.of(input, schema, include);
    }

    /**
     * Goes to a place in a partition; what was open is closed.
     *
     * @param from {@link InputPosition#startOf} the partition, or what {@link #position} gave
     * @throws InputUnreadableException if the file can't be opened
     */
    public void open(PartitionRange partition, InputPosition from) {
        open(from, partition, partition.offset() + partition.bytes());
    }

    /**
     * Goes to the first task of an input that has not been counted, to read as much of it as is wanted.
     *
     * @throws InputUnreadableException if the file can't be opened
     */
    public void openUncounted() {
        InputHead head = schema.head();
        open(new InputPosition(0, head.offset(), head.line(), 0), null, FileRange.FILE_END);
    }

    /**
     * Reads the next tasks of the partition into a window; false, with an empty window, at its end.
     *
     * @param most tasks to read at most
     * @throws InputChangedException if the partition's bytes are not those that were counted
     * @throws InputUnreadableException if the file can't be read
     */
    public boolean next(DecodedWindow window, int most) {
        if (!window.signature().equals(schema.signature())) {
            throw new IllegalArgumentException("the window is for another model than the schema");
        }
        RecordSplitter open = opened();
        long end = range == null ? Long.MAX_VALUE : range.firstTask() + range.tasks();
        window.begin(task);
        while (window.size() < most && task < end && open.next()) {
            decode(open, window);
            task++;
        }
        if (range != null) {
            requireUnchanged(open, range, task == end, window.size() < most);
        }
        return window.size() > 0;
    }

    /** Where the next window begins: what a checkpoint keeps. */
    public InputPosition position() {
        RecordSplitter open = opened();
        return new InputPosition(task, open.nextOffset(), open.nextLine(), crc(open));
    }

    /** Closes the file. Safe twice and before it is opened. */
    @Override
    public void close() {
        if (records != null) {
            records.close();
            records = null;
        }
    }

    private void open(InputPosition from, @Nullable PartitionRange partition, long end) {
        close();
        records =
                RecordSplitter.of(input, schema.head(), FileRange.open(input.file(), from.offset(), end), from.line());
        range = partition;
        start = from;
        task = from.task();
    }

    private RecordSplitter opened() {
        if (records == null) {
            throw new IllegalStateException("no partition is open");
        }
        return records;
    }

    private void decode(RecordSplitter record, DecodedWindow window) {
        window.beginTask(record.line());
        try {
            requireReadable(record);
            decoder.decode(record.array(), record.from(), record.to(), window);
            window.accept();
        } catch (InvalidTaskException invalid) {
            window.reject(TaskFailure.invalid(invalid.getMessage()));
        }
    }

    private void requireReadable(RecordSplitter record) {
        if (record.tooLarge()) {
            throw new InvalidTaskException("larger than " + maxTaskSize() + " (modelmill.max-task-size)");
        }
        int malformed = Utf8.indexOfMalformed(record.array(), record.from(), record.to());
        if (malformed >= 0) {
            throw new InvalidTaskException("bad UTF-8 at byte " + (malformed - record.from() + 1));
        }
    }

    private String maxTaskSize() {
        int bytes = input.maxTaskSize();
        return bytes % MEGABYTE == 0 ? bytes / MEGABYTE + " MB" : bytes + " bytes";
    }

    private void requireUnchanged(RecordSplitter open, PartitionRange partition, boolean allRead, boolean ended) {
        if (allRead ? open.next() || crc(open) != partition.crc() : ended) {
            throw new InputChangedException("the input is not what it was when its tasks were counted: tasks "
                    + partition.firstTask() + " to " + (partition.firstTask() + partition.tasks() - 1) + " differ");
        }
    }

    private int crc(RecordSplitter open) {
        return Crc32c.combine(start.crc(), open.crc(), open.nextOffset() - start.offset());
    }
}
