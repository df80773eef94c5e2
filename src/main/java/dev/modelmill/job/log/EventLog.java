package dev.modelmill.job.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of one job: {@code log.jsonl} in its folder, an event a line. An event is in the file before anybody is told
 * of it; its seq is (the job's number of runs) × 10⁹ + position, so it grows over restarts of job and service.
 *
 * <p>Once the file has its greatest size, a line says so, and events are counted instead of kept; when the run ends or
 * the log is closed another line says how many. A crash in between loses that number: then the first of the two lines
 * stands alone. Each run begins anew, so a full log grows by two lines a run.
 *
 * <p>Any number of threads append and read. Readers never make an appender wait.
 */
public final class EventLog {

    static final String FILE = "log.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final long SEQS_OF_A_RUN = 1_000_000_000;

    /** How far the log goes: events, the greatest seq, bytes; and the seq of the job's end, 0 while it has none. */
    private record Tail(long lines, long seq, long bytes, long end) {

        private Tail ended(long seq, long newBytes) {
            return new Tail(lines, this.seq, newBytes, seq);
        }

        private long lastSeq() {
            return Math.max(seq, end);
        }
    }

    private final LogFile file;
    private final long maxBytes;
    private final Clock clock;
    private final Consumer<String> listener;
    private final LineIndex index = new LineIndex();
    private final RecentLines recent = new RecentLines();
    private final Object writing = new Object();
    private volatile @Nullable Tail tail;
    private @Nullable RandomAccessFile writer;
    private long firstSeq;
    private long leftOut;

    /**
     * A log that can be read; nothing is opened yet, and the folder may have no log.
     *
     * @param maxBytes the greatest size of the file
     * @param listener is told the level of every event that was appended
     */
    EventLog(Path folder, long maxBytes, Clock clock, Consumer<String> listener) {
        this.file = new LogFile(folder.resolve(FILE));
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.listener = listener;
    }

    private Tail tail() {
        Tail known = tail;
        if (known != null) {
            return known;
        }
        synchronized (writing) {
            Tail loaded = tail;
            return loaded != null ? loaded : load();
        }
    }

    private Tail load() {
        try {
            Loading loading = new Loading();
            long bytes = file.scan(loading);
            Tail loaded = new Tail(loading.lines, loading.seq, bytes, loading.end);
            recent.clear(loaded.lines);
            tail = loaded;
            return loaded;
        } catch (IOException problem) {
            throw new UncheckedIOException("The log of the job can't be read", problem);
        }
    }

    private final class Loading implements LogFile.LineVisitor {

        private long lines;
        private long seq;
        private long end;

        @Override
        public void line(byte[] bytes, int from, int to, long offset) {
            long found = LogFormat.seq(bytes, from, to);
            if (found >= 0) {
                index.add(found, lines++, offset);
                seq = Math.max(seq, found);
            } else if (LogFormat.isRun(bytes, from, to)) {
                seq = Math.max(seq, end);
                end = 0;
            } else {
                end = Math.max(end, LogFormat.end(bytes, from, to));
            }
        }
    }

    /** Opens the log for a run of the job; a line that was torn by a crash is cut off. An end of before is none now. */
    void open(long run) {
        synchronized (writing) {
            close();
            Tail before = tail();
            try {
                writer = file.openToWrite(before.bytes);
                firstSeq = run * SEQS_OF_A_RUN + 1;
                long bytes = write(before.bytes, LogFormat.runMark(run));
                tail = new Tail(before.lines, before.lastSeq(), bytes, 0);
            } catch (IOException problem) {
                close();
                throw new UncheckedIOException("The log of the job can't be written", problem);
            }
        }
    }

    /** Whether the log takes events. */
    boolean isOpen() {
        synchronized (writing) {
            return writer != null;
        }
    }

    /**
     * Appends an event; does nothing if the log is closed. Returns when it is with the operating system, not forced.
     *
     * @throws UncheckedIOException if it can't be written; the log goes on as if it had not been tried
     */
    public void append(Instant time, Level level, String worker, String message) {
        synchronized (writing) {
            if (writer == null) {
                return;
            }
            try {
                appendWithinLimit(time, level, worker, message);
            } catch (IOException problem) {
                throw new UncheckedIOException("The log of the job can't be written", problem);
            }
        }
        listener.accept(level.name());
    }

    private void appendWithinLimit(Instant time, Level level, String worker, String message) throws IOException {
        LogLine line = line(time, level, worker, message);
        if (leftOut == 0 && tail().bytes + line.json().length + 1 <= maxBytes) {
            keep(line);
            return;
        }
        if (leftOut == 0) {
            note("The log of the job has reached its greatest size (modelmill.max-log-size, " + maxBytes
                    + " bytes): from here on events are counted, not kept");
        }
        leftOut++;
    }

    private void note(String message) throws IOException {
        keep(line(clock.instant(), Level.WARN, LogEvent.SERVICE, message));
    }

    private LogLine line(Instant time, Level level, String worker, String message) {
        long seq = nextSeq();
        return new LogLine(
                seq, LogFormat.encode(new LogEvent(seq, time, level.name(), worker, LogFormat.tidy(message))));
    }

    private long nextSeq() {
        return Math.max(firstSeq, tail().lastSeq() + 1);
    }

    private void keep(LogLine line) throws IOException {
        Tail before = tail();
        long bytes = write(before.bytes, line.json());
        index.add(line.seq(), before.lines, before.bytes);
        recent.add(new KeptLine(before.lines, before.bytes, line));
        tail = new Tail(before.lines + 1, line.seq(), bytes, before.end);
    }

    private long write(long offset, byte[] json) throws IOException {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        RandomAccessFile out = Objects.requireNonNull(writer);
        out.seek(offset);
        out.write(line);
        return offset + line.length;
    }

    /**
     * Marks the job as ended and returns the seq of its end, for ever the same; to be called before anybody sees the
     * job's last status. Events of a straggler that come later are kept, behind the end. The job's next run has an end
     * of its own.
     */
    public long end() {
        synchronized (writing) {
            if (tail().end == 0 && writer != null) {
                markEnd();
            }
            return endSeq();
        }
    }

    private void markEnd() {
        try {
            noteLeftOut();
            long seq = nextSeq();
            Tail before = tail();
            tail = before.ended(seq, write(before.bytes, LogFormat.endMark(seq)));
        } catch (IOException problem) {
            LOG.warn("The end of the job could not be marked in its log: {}", problem.getMessage());
        }
    }

    /** Whether the job's end is marked: then events behind {@link #endSeq} are no part of the stream. */
    public boolean hasEnd() {
        return tail().end != 0;
    }

    /**
     * The seq of the end of a job that has ended. Where it could not be marked (a crash, a full disk, a job that ended
     * before it ran) it follows the last event.
     */
    public long endSeq() {
        Tail now = tail();
        return now.end != 0 ? now.end : now.seq + 1;
    }

    private void noteLeftOut() throws IOException {
        long count = leftOut;
        leftOut = 0;
        if (count > 0) {
            note(count + (count == 1 ? " event was" : " events were")
                    + " left out here: the log of the job has reached its greatest size");
        }
    }

    /** Takes no more events; the log can still be read. Safe twice. */
    void close() {
        synchronized (writing) {
            RandomAccessFile open = writer;
            if (open == null) {
                return;
            }
            try (open) {
                noteLeftOut();
            } catch (IOException problem) {
                LOG.warn("The log of a job could not be closed in order: {}", problem.getMessage());
            } finally {
                writer = null;
                recent.clear(tail().lines);
            }
        }
    }

    /** How many events the log holds. */
    public long size() {
        return tail().lines;
    }

    /** A reader that begins after a seq. */
    public LogCursor after(long seq) {
        Tail now = tail();
        if (seq >= now.seq) {
            return new LogCursor(this, new LineIndex.Mark(now.lines, now.bytes));
        }
        return new LogCursor(this, index.beforeSeq(seq)).skipToSeq(seq);
    }

    /** A reader that begins so many events before the end of the log as it is now. */
    public LogCursor last(int count) {
        long first = Math.max(0, tail().lines - count);
        return new LogCursor(this, index.beforeLine(first)).skipToLine(first);
    }

    /**
     * Writes events as JSON, one a line: those that are in the log now. Takes constant memory.
     *
     * @throws IOException if the other side takes no more
     */
    public void writeTo(OutputStream out, LogQuery query) throws IOException {
        LogCursor cursor = after(query.after());
        long written = 0;
        for (long left = cursor.remaining(); left > 0 && written < query.limit(); ) {
            List<LogLine> lines = cursor.read((int) Math.min(left, Integer.MAX_VALUE));
            for (LogLine line : lines) {
                if (written < query.limit() && query.matches(line)) {
                    out.write(line.json());
                    out.write('\n');
                    written++;
                }
            }
            left -= lines.size();
        }
    }

    /** Events from a number on, by way of memory if they are recent enough. The offset is where to look for the first. */
    List<KeptLine> read(long number, long offset, int maxLines, int maxBytes) {
        Tail now = tail();
        if (number >= now.lines) {
            return List.of();
        }
        List<KeptLine> lines = recent.read(number, maxLines, maxBytes);
        return lines.isEmpty() ? readFile(now, number, offset, maxLines) : lines;
    }

    private List<KeptLine> readFile(Tail now, long number, long offset, int maxLines) {
        try {
            List<KeptLine> lines = file.read(number, offset, now.bytes);
            return lines.size() > maxLines ? lines.subList(0, maxLines) : lines;
        } catch (IOException problem) {
            throw new UncheckedIOException("The log of the job can't be read", problem);
        }
    }

    /** The nearest known place before a line, no nearer to the start than a place that the caller knows. */
    LineIndex.Mark markBeforeLine(long number, long knownNumber, long knownOffset) {
        LineIndex.Mark mark = index.beforeLine(number);
        return mark.number() > knownNumber ? mark : new LineIndex.Mark(knownNumber, knownOffset);
    }
}
