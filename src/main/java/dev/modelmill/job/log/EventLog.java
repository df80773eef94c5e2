package dev.modelmill.job.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
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
 * <p>A log that can't be written, for want of space, harms nobody: events are counted, each tries again, and the first
 * that is written is followed by a line that says how many were lost. The service's own log says once that it began.
 *
 * <p>Any number of threads append and read. Readers never make an appender wait.
 */
public final class EventLog {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final long SEQS_OF_A_RUN = 1_000_000_000;

    private final LogStore store;
    private final long maxBytes;
    private final Clock clock;
    private final Consumer<String> listener;
    private final Object writing = new Object();
    private volatile boolean open;
    private long run;
    private long firstSeq;
    private long leftOut;
    private long lost;
    private boolean failing;

    /**
     * A log that can be read; nothing is opened yet, and the folder may have no log.
     *
     * @param maxBytes the greatest size of the file
     * @param listener is told the level of every event that was appended
     */
    EventLog(Path folder, long maxBytes, Clock clock, Consumer<String> listener) {
        this.store = new LogStore(folder);
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Opens the log for a run of the job; a line that was torn by a crash is cut off. An end of before is none now. Where
     * the file can't be opened, events are lost until it can.
     */
    void open(long newRun) {
        synchronized (writing) {
            close();
            firstSeq = newRun * SEQS_OF_A_RUN + 1;
            run = newRun;
            open = true;
            try {
                store.open(newRun);
            } catch (IOException problem) {
                unwritable(problem);
            }
        }
    }

    /** Whether the log takes events. */
    boolean isOpen() {
        return open;
    }

    /** How many events of this run could not be written and have not been told of in the log yet. */
    long lost() {
        synchronized (writing) {
            return lost;
        }
    }

    /**
     * Appends an event; does nothing if the log is closed. Returns when it is with the operating system, not forced, or
     * counted as lost because it could not be written.
     */
    public void append(Instant time, Level level, String worker, String message) {
        synchronized (writing) {
            if (!isOpen()) {
                return;
            }
            try {
                reopen();
                appendWithinLimit(time, level, worker, message);
                failing = false;
            } catch (IOException problem) {
                unwritable(problem);
                lost++;
                return;
            }
            tryNoteLost();
        }
        listener.accept(level.name());
    }

    private void unwritable(IOException problem) {
        if (!failing) {
            failing = true;
            LOG.warn("The log of a job can't be written, its events are lost until it can: {}", problem.getMessage());
        }
    }

    /** Opens the file if that was not possible before. */
    private void reopen() throws IOException {
        if (!store.isOpen()) {
            store.open(run);
        }
    }

    private void appendWithinLimit(Instant time, Level level, String worker, String message) throws IOException {
        if (leftOut == 0) {
            LogLine line = line(time, level, worker, message);
            if (store.tail().bytes() + line.json().length < maxBytes) {
                store.keep(line);
                return;
            }
            note("The log of the job has reached its greatest size (modelmill.max-log-size, " + maxBytes
                    + " bytes): from here on events are counted, not kept");
        }
        leftOut++;
    }

    private void note(String message) throws IOException {
        store.keep(line(clock.instant(), Level.WARN, LogEvent.SERVICE, message));
    }

    private LogLine line(Instant time, Level level, String worker, String message) {
        long seq = nextSeq();
        return new LogLine(
                seq, LogFormat.encode(new LogEvent(seq, time, level.name(), worker, LogFormat.tidy(message))));
    }

    private long nextSeq() {
        return Math.max(firstSeq, store.tail().greatestSeq() + 1);
    }

    /**
     * Marks the job as ended and returns the seq of its end, for ever the same; to be called before anybody sees the
     * job's last status. Events of a straggler that come later are kept, behind the end. The job's next run has an end
     * of its own.
     */
    public long end() {
        synchronized (writing) {
            if (isOpen() && !hasEnd()) {
                markEnd();
            }
            return endSeq();
        }
    }

    private void markEnd() {
        try {
            reopen();
            noteLost();
            noteLeftOut();
            store.markEnd(nextSeq());
        } catch (IOException problem) {
            LOG.warn("The end of the job could not be marked in its log: {}", problem.getMessage());
        }
    }

    /** Whether the job's end is marked: then events behind {@link #endSeq} are no part of the stream. */
    public boolean hasEnd() {
        return store.tail().end() != 0;
    }

    /**
     * The seq of the end of a job that has ended. Where it could not be marked (a crash, a full disk, a job that ended
     * before it ran) it follows the last event.
     */
    public long endSeq() {
        LogTail now = store.tail();
        return now.end() != 0 ? now.end() : now.seq() + 1;
    }

    private void tryNoteLost() {
        try {
            noteLost();
        } catch (IOException problem) {
            unwritable(problem);
        }
    }

    /** Behind the first event that could be written again, so that nothing is said of a disk that is still full. */
    private void noteLost() throws IOException {
        if (lost > 0) {
            note(lost + (lost == 1 ? " event" : " events")
                    + " before the last one could not be written to the log of the job and were lost");
            lost = 0;
        }
    }

    private void noteLeftOut() throws IOException {
        if (leftOut > 0) {
            note(leftOut + (leftOut == 1 ? " event was" : " events were")
                    + " left out here: the log of the job has reached its greatest size");
            leftOut = 0;
        }
    }

    /** Takes no more events; the log can still be read. Safe twice. */
    void close() {
        synchronized (writing) {
            try {
                closeStore();
            } catch (IOException problem) {
                LOG.warn("The log of a job could not be closed in order: {}", problem.getMessage());
            }
        }
    }

    private void closeStore() throws IOException {
        try {
            if (store.isOpen()) {
                noteLost();
                noteLeftOut();
            }
        } finally {
            open = false;
            leftOut = 0;
            lost = 0;
            failing = false;
            store.close();
        }
    }

    /** How many events the log holds. */
    public long size() {
        return store.tail().lines();
    }

    /** A reader that begins after a seq. */
    public LogCursor after(long seq) {
        return store.after(seq);
    }

    /** A reader that begins so many events before the end of the log as it is now. */
    public LogCursor last(int count) {
        return store.last(count);
    }

    /**
     * Writes events as JSON, one a line: those that are in the log now. Takes constant memory.
     *
     * @throws IOException if the other side takes no more
     */
    public void writeTo(OutputStream out, LogQuery query) throws IOException {
        query.write(after(query.after()), out);
    }
}
