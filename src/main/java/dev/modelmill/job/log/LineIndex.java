package dev.modelmill.job.log;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where every so many bytes of a log a line begins, so that a reader finds its start without reading the file from its
 * own. Written by one thread at a time, read by any without waiting.
 */
final class LineIndex {

    private static final int STEP = 64 * 1024;

    /** A line: how many lie before it, and where it begins. */
    record Mark(long number, long offset) {

        private static final Mark START = new Mark(0, 0);
    }

    private final ConcurrentSkipListMap<Long, Mark> bySeq = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Mark> byNumber = new ConcurrentSkipListMap<>();
    private long next;

    /** Notes a line if the last one noted is far enough away. */
    void add(long seq, long number, long offset) {
        if (offset < next) {
            return;
        }
        Mark mark = new Mark(number, offset);
        byNumber.put(number, mark);
        bySeq.put(seq, mark);
        next = offset + STEP;
    }

    /** A mark at or before the first line whose seq is greater. */
    Mark beforeSeq(long seq) {
        return mark(bySeq.floorEntry(seq));
    }

    /** A mark at or before a line. */
    Mark beforeLine(long number) {
        return mark(byNumber.floorEntry(number));
    }

    private static Mark mark(Map.Entry<Long, Mark> found) {
        return found == null ? Mark.START : found.getValue();
    }
}
