package dev.modelmill.job.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a log: in its file, the last ones also in memory. One thread writes at a time, which the caller sees to;
 * any number read, and neither waits for the other.
 */
final class LogStore {

    private static final String FILE = "log.jsonl";

    private final LogFile file;
    private final LineIndex index = new LineIndex();
    private final RecentLines recent = new RecentLines();
    private volatile @Nullable LogTail tail;
    private volatile @Nullable RandomAccessFile writer;

    LogStore(Path folder) {
        this.file = new LogFile(folder.resolve(FILE));
    }

    /** How far the log goes; reads the file the first time. */
    LogTail tail() {
        LogTail known = tail;
        return known != null ? known : load();
    }

    private synchronized LogTail load() {
        LogTail known = tail;
        if (known != null) {
            return known;
        }
        try {
            LogTail loaded = LogTail.load(file, index);
            recent.clear(loaded.lines());
            tail = loaded;
            return loaded;
        } catch (IOException problem) {
            throw unreadable(problem);
        }
    }

    private static UncheckedIOException unreadable(IOException problem) {
        return new UncheckedIOException("The log of the job can't be read", problem);
    }

    /**
     * Opens the file for a run and cuts off a line that was torn by a crash. An end of before is none now, even where the
     * file can't be opened.
     */
    void open(long run) throws IOException {
        LogTail before = tail();
        tail = before.withRun(before.bytes());
        writer = file.openToWrite(before.bytes());
        try {
            tail = before.withRun(write(LogFormat.runMark(run)));
        } catch (IOException problem) {
            close();
            throw problem;
        }
    }

    boolean isOpen() {
        return writer != null;
    }

    void keep(LogLine line) throws IOException {
        LogTail before = tail();
        long end = write(line.json());
        index.add(line.seq(), before.lines(), before.bytes());
        recent.add(new KeptLine(before.lines(), before.bytes(), line));
        tail = before.withEvent(line.seq(), end);
    }

    void markEnd(long seq) throws IOException {
        tail = tail().withEnd(seq, write(LogFormat.endMark(seq)));
    }

    private long write(byte[] json) throws IOException {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        long offset = tail().bytes();
        RandomAccessFile out = Objects.requireNonNull(writer);
        out.seek(offset);
        out.write(line);
        return offset + line.length;
    }

    /** Closes the file for writing. Safe twice. */
    void close() throws IOException {
        RandomAccessFile open = writer;
        writer = null;
        if (open != null) {
            recent.clear(tail().lines());
            open.close();
        }
    }

    LogCursor after(long seq) {
        LogTail now = tail();
        if (seq >= now.seq()) {
            return new LogCursor(this, new LineIndex.Mark(now.lines(), now.bytes()));
        }
        return new LogCursor(this, index.beforeSeq(seq)).skipToSeq(seq);
    }

    LogCursor last(int count) {
        long first = Math.max(0, tail().lines() - count);
        return new LogCursor(this, index.beforeLine(first)).skipToLine(first);
    }

    /** Events from a number on, by way of memory if they are recent enough. The offset is where to look for the first. */
    List<KeptLine> read(long number, long offset, int maxLines, int maxBytes) {
        LogTail now = tail();
        int most = (int) Math.min(maxLines, now.lines() - number);
        if (most <= 0) {
            return List.of();
        }
        List<KeptLine> lines = recent.read(number, most, maxBytes);
        return lines.isEmpty() ? readFile(now, number, offset, most) : lines;
    }

    private List<KeptLine> readFile(LogTail now, long number, long offset, int most) {
        try {
            List<KeptLine> lines = file.read(number, offset, now.bytes());
            return lines.size() > most ? lines.subList(0, most) : lines;
        } catch (IOException problem) {
            throw unreadable(problem);
        }
    }

    /** The nearest known place at or before a line. */
    LineIndex.Mark markBeforeLine(long number) {
        return index.beforeLine(number);
    }
}
