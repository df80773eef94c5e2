package dev.modelmill.task.input;

import dev.modelmill.task.bytes.Crc32c;
import java.util.Arrays;

/**
 * Places on window boundaries, evenly spaced in tasks: mark i lies before task i · {@link #step}. When there are too many,
 * every second goes and the step doubles.
 */
final class ScanMarks {

    /** Marks that an input gets at most: 1.3 MB, and enough to cut a thousand partitions finely. */
    static final int MOST = 65_536;

    private final int most;
    private long step;
    private int count;
    private long[] offsets = new long[64];
    private long[] lines = new long[64];
    /** At i: CRC32C of the bytes from mark i up to mark i + 1, or to the end. */
    private int[] crcs = new int[64];

    private long end;

    /**
     * @param window tasks in a window
     * @param most marks to keep, an even number
     */
    ScanMarks(int window, int most) {
        this.step = window;
        this.most = most;
    }

    /** Sets the mark before the first task. */
    void begin(long offset, long line) {
        offsets[0] = offset;
        lines[0] = line;
        count = 1;
    }

    /** The task before which the next mark is due. */
    long nextTask() {
        return count * step;
    }

    /** Sets the mark that is due; {@code crc} is that of the bytes since the mark before. */
    void add(long offset, long line, int crc) {
        crcs[count - 1] = crc;
        if (count == offsets.length) {
            grow();
        }
        offsets[count] = offset;
        lines[count] = line;
        count++;
        if (count > most) {
            thin();
        }
    }

    /** Closes the last stretch at the end of the input; a mark with no task after it goes. */
    void end(long offset, long tasks, int crc) {
        crcs[count - 1] = crc;
        end = offset;
        if (count > 1 && tasks == (count - 1) * step) {
            crcs[count - 2] = Crc32c.combine(crcs[count - 2], crc, end - offsets[count - 1]);
            count--;
        }
    }

    int count() {
        return count;
    }

    /** Tasks between two marks. */
    long step() {
        return step;
    }

    /** The offset in the file of a mark, or of the input's end for {@link #count}. */
    long offset(int mark) {
        return mark == count ? end : offsets[mark];
    }

    long line(int mark) {
        return lines[mark];
    }

    /** CRC32C of the bytes between two marks, where the later may be {@link #count}. */
    int crc(int from, int to) {
        int crc = 0;
        for (int mark = from; mark < to; mark++) {
            crc = Crc32c.combine(crc, crcs[mark], offset(mark + 1) - offset(mark));
        }
        return crc;
    }

    private void grow() {
        int length = 2 * offsets.length;
        offsets = Arrays.copyOf(offsets, length);
        lines = Arrays.copyOf(lines, length);
        crcs = Arrays.copyOf(crcs, length);
    }

    /** Drops the marks with odd numbers; the last, with an even one, stays. */
    private void thin() {
        for (int mark = 0; 2 * mark < count; mark++) {
            boolean last = 2 * mark == count - 1;
            crcs[mark] = last ? 0 : crc(2 * mark, 2 * mark + 2);
            offsets[mark] = offsets[2 * mark];
            lines[mark] = lines[2 * mark];
        }
        count = count / 2 + 1;
        step *= 2;
    }
}
