package dev.modelmill.task.input;

import java.util.ArrayList;
import java.util.List;

/** Cuts a scanned input into partitions: contiguous, on window boundaries, every task in exactly one. */
public final class PartitionPlan {

    private PartitionPlan() {}

    /** The partitions of an input in order; none for an input without tasks. */
    public static List<PartitionRange> cut(InputScan scan, PartitionSizes sizes) {
        ScanMarks marks = scan.marks();
        List<PartitionRange> ranges = new ArrayList<>();
        long first = 0;
        int mark = 0;
        while (first < scan.tasks()) {
            long wanted = sizes.next(scan.tasks(), scan.tasks() - first, ranges.size());
            int nextMark = (int) Math.min(mark + Math.max(1, ceilDiv(wanted, marks.step())), marks.count());
            long next = Math.min(nextMark * marks.step(), scan.tasks());
            ranges.add(range(marks, ranges.size(), first, next, mark, nextMark));
            first = next;
            mark = nextMark;
        }
        return List.copyOf(ranges);
    }

    private static PartitionRange range(ScanMarks marks, int number, long first, long next, int mark, int nextMark) {
        long offset = marks.offset(mark);
        long bytes = marks.offset(nextMark) - offset;
        return new PartitionRange(
                number, first, next - first, offset, bytes, marks.line(mark), marks.crc(mark, nextMark));
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
