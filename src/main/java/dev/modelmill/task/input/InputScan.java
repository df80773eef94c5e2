package dev.modelmill.task.input;

import dev.modelmill.task.bytes.Crc32c;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One pass over an input: how many tasks it has, and marks at window boundaries by which it can be cut. The marks are
 * thinned as they get many, so that memory stays bounded.
 *
 * @param tasks the number of tasks
 * @param marks the beginning, some window boundaries, and the end, ascending
 */
public record InputScan(long tasks, List<Mark> marks) {

    private static final int MOST_MARKS = 1 << 16;

    /**
     * A place between two tasks.
     *
     * @param task the index of the task that begins here
     * @param offset its offset in the file
     * @param line its line
     * @param crc CRC32C of the bytes from the first task to here
     */
    record Mark(long task, long offset, long line, int crc) {

        PartitionRange to(Mark next, int number) {
            long bytes = next.offset - offset;
            return new PartitionRange(
                    number, task, next.task - task, offset, bytes, line, next.crc ^ Crc32c.combine(crc, 0, bytes));
        }
    }

    /**
     * Scans an input; blocks for as long as reading it takes.
     *
     * @param window tasks between two places where it may be cut
     * @param stopped asked now and then; once true, the scan ends early and is worth nothing
     * @throws InputUnreadableException if it can't be read
     */
    public static InputScan of(TaskInput input, int window, BooleanSupplier stopped) throws IOException {
        long size = Files.size(input.file());
        try (RecordReader reader = TaskSchema.openAtFirstTask(input, size)) {
            return new Scanning(reader, window, stopped).run();
        }
    }

    /** A scan under way. */
    private static final class Scanning {

        private static final int ASK_EVERY = 1 << 14;

        private final RecordReader reader;
        private final BooleanSupplier stopped;
        private List<Mark> marks = new ArrayList<>();
        private long stride;
        private long tasks;

        Scanning(RecordReader reader, int window, BooleanSupplier stopped) {
            this.reader = reader;
            this.stopped = stopped;
            this.stride = window;
        }

        InputScan run() throws IOException {
            mark();
            long next = stride;
            while (reader.next()) {
                tasks++;
                if (tasks == next) {
                    mark();
                    next = tasks + stride;
                }
                if (tasks % ASK_EVERY == 0 && stopped.getAsBoolean()) {
                    break;
                }
            }
            if (marks.get(marks.size() - 1).task == tasks) {
                marks.remove(marks.size() - 1);
            }
            add();
            return new InputScan(tasks, List.copyOf(marks));
        }

        private void mark() {
            if (marks.size() == MOST_MARKS) {
                thin();
            }
            if (tasks % stride == 0) {
                add();
            }
        }

        private void add() {
            marks.add(new Mark(tasks, reader.offset(), reader.line(), reader.crc()));
        }

        private void thin() {
            List<Mark> half = new ArrayList<>();
            for (int i = 0; i < marks.size(); i += 2) {
                half.add(marks.get(i));
            }
            marks = half;
            stride *= 2;
        }
    }
}
