package dev.modelmill.job.log;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A reader's place in a log. Holds no file and no lines, only the place. Confined to one thread at a time; never makes
 * the log's writers wait.
 */
public final class LogCursor {

    /** About how much one read gives. */
    private static final int MAX_BYTES = 64 * 1024;

    private final LogStore log;
    private long next;
    private long offset;

    LogCursor(LogStore log, LineIndex.Mark mark) {
        this.log = log;
        moveTo(mark);
    }

    private void moveTo(LineIndex.Mark mark) {
        next = mark.number();
        offset = mark.offset();
    }

    /** How many events of the log lie before this place. */
    public long position() {
        return next;
    }

    /** How many events are there to be read. */
    public long remaining() {
        return log.tail().lines() - next;
    }

    /**
     * Reads on: at least one event if there is one, no more than {@code maxLines} and about 128 KiB.
     *
     * @throws java.io.UncheckedIOException if the file can't be read, because it was deleted for instance
     */
    public List<LogLine> read(int maxLines) {
        List<KeptLine> lines = peek(maxLines);
        if (!lines.isEmpty()) {
            moveBehind(lines.get(lines.size() - 1));
        }
        return lines.stream().map(KeptLine::line).toList();
    }

    private List<KeptLine> peek(int maxLines) {
        return log.read(next, offset, maxLines, MAX_BYTES);
    }

    private void moveBehind(KeptLine line) {
        next = line.number() + 1;
        offset = line.end();
    }

    /** Moves behind all events whose seq is at most this, if that lies ahead. */
    LogCursor skipToSeq(long seq) {
        return skipWhile(line -> line.line().seq() <= seq);
    }

    /** Moves to the event of this number, if that lies ahead. */
    LogCursor skipToLine(long number) {
        return skipWhile(line -> line.number() < number);
    }

    private LogCursor skipWhile(Predicate<KeptLine> isBefore) {
        while (true) {
            List<KeptLine> lines = peek(Integer.MAX_VALUE);
            for (KeptLine line : lines) {
                if (!isBefore.test(line)) {
                    return this;
                }
                moveBehind(line);
            }
            if (lines.isEmpty()) {
                return this;
            }
        }
    }

    /** Leaves out all but the last events and says which were left out; empty if there are no more than those. */
    public Optional<SkippedLines> skipToLast(int kept) {
        long size = log.tail().lines();
        long count = size - kept - next;
        if (count <= 0) {
            return Optional.empty();
        }
        long from = peek(1).get(0).line().seq();
        skipNear(size - kept - 1);
        long to = read(1).get(0).seq();
        return Optional.of(new SkippedLines(count, from, to));
    }

    private void skipNear(long number) {
        LineIndex.Mark mark = log.markBeforeLine(number);
        if (mark.number() > next) {
            moveTo(mark);
        }
        skipToLine(number);
    }
}
