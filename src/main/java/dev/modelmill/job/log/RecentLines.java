package dev.modelmill.job.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of a log, few and small, so that those who follow it need no file. Written by one thread at a time,
 * read by any: neither waits, and a reader who comes too late finds nothing and turns to the file.
 */
final class RecentLines {

    private static final int LINES = 512;
    private static final int BYTES = 512 * 1024;

    private final AtomicReferenceArray<@Nullable KeptLine> slots = new AtomicReferenceArray<>(LINES);
    private long oldest;
    private int bytes;

    void add(KeptLine added) {
        if (added.number() - oldest >= LINES) {
            forget(oldest);
        }
        slots.set(slot(added.number()), added);
        bytes += added.line().json().length;
        while (bytes > BYTES) {
            forget(oldest);
        }
    }

    /** Begins anew with the line of this number. */
    void clear(long number) {
        for (int i = 0; i < LINES; i++) {
            slots.set(i, null);
        }
        oldest = number;
        bytes = 0;
    }

    private void forget(long number) {
        KeptLine forgotten = slots.getAndSet(slot(number), null);
        bytes -= forgotten == null ? 0 : forgotten.line().json().length;
        oldest = number + 1;
    }

    /** Lines from a number on, at least one if it is still there, up to so many lines and about so many bytes. */
    List<KeptLine> read(long from, int maxLines, int maxBytes) {
        List<KeptLine> lines = new ArrayList<>();
        int read = 0;
        for (long number = from; lines.size() < maxLines && read < maxBytes; number++) {
            KeptLine line = slots.get(slot(number));
            if (line == null || line.number() != number) {
                break;
            }
            lines.add(line);
            read += line.line().json().length;
        }
        return lines;
    }

    private static int slot(long number) {
        return (int) (number % LINES);
    }
}
