package dev.modelmill.task.input;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * What one pass over an input finds: how many tasks there are, and marks on window boundaries where it can be cut into
 * partitions. Takes the same memory for any input. Immutable once made.
 */
public final class InputScan {

    private final ScanMarks marks;
    private final long tasks;
    private final long end;

    private InputScan(ScanMarks marks, long tasks, long end) {
        this.marks = marks;
        this.tasks = tasks;
        this.end = end;
    }

    /**
     * Reads an input once from start to end; blocks as long as that takes.
     *
     * @param window tasks in a window, the job's batch size
     * @param stopped asked once for each quarter of a megabyte; true ends the scan
     * @throws CancellationException if {@code stopped} said so
     * @throws InputUnreadableException if the input can't be read or a quote in it never closes
     */
    public static InputScan of(TaskInput input, int window, BooleanSupplier stopped) {
        return of(input, new ScanMarks(window, ScanMarks.MOST), stopped, RecordSplitter.CHUNK);
    }

    static InputScan of(TaskInput input, ScanMarks marks, BooleanSupplier stopped, int chunk) {
        InputHead head = InputHead.read(input);
        FileRange file =
                FileRange.open(input.file(), head.offset(), FileRange.FILE_END).stoppedBy(stopped);
        try (RecordSplitter records = RecordSplitter.of(input, head, file, head.line(), chunk)) {
            return scan(records, marks);
        }
    }

    private static InputScan scan(RecordSplitter records, ScanMarks marks) {
        marks.begin(records.nextOffset(), records.nextLine());
        long tasks = 0;
        while (records.next()) {
            if (++tasks == marks.nextTask()) {
                marks.add(records.nextOffset(), records.nextLine(), records.crc());
                records.restartCrc();
            }
        }
        marks.end(records.nextOffset(), tasks, records.crc());
        return new InputScan(marks, tasks, records.nextOffset());
    }

    /** The number of tasks in the input. */
    public long tasks() {
        return tasks;
    }

    /** The length of the input in bytes. */
    public long bytes() {
        return end;
    }

    ScanMarks marks() {
        return marks;
    }
}
