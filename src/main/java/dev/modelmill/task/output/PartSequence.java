package dev.modelmill.task.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The results (or the errors) of a job as one stream: its parts one after the other, in input order. A snapshot of what is
 * readable; needs a part's file only while reading it. Immutable and shared between threads.
 *
 * @param parts the parts, by first task
 */
public record PartSequence(List<Part> parts) {

    /** Copies the list. */
    public PartSequence {
        parts = List.copyOf(parts);
    }

    /** Bytes of all parts. */
    public long length() {
        return parts.stream().mapToLong(Part::length).sum();
    }

    /** Writes everything. */
    public void writeTo(OutputStream out) throws IOException {
        writeTo(out, 0, length());
    }

    /**
     * Writes a range of bytes.
     *
     * @param out what they are written to; neither flushed nor closed
     * @param from the first byte
     * @param length how many; the range lies within {@link #length()}
     * @throws PartDamagedException if a file is missing or shorter than its part
     */
    public void writeTo(OutputStream out, long from, long length) throws IOException {
        if (from < 0 || length < 0 || length > length() - from) {
            throw new IndexOutOfBoundsException("No bytes " + from + " to " + (from + length) + " in " + length());
        }
        long skip = from;
        long left = length;
        for (Part part : parts) {
            long count = Math.min(left, Math.max(0, part.length() - skip));
            PartBytes.copy(part.file(), skip, count, out);
            skip = Math.max(0, skip - part.length());
            left -= count;
        }
    }

    /**
     * Gives the selected lines to a sink, in order.
     *
     * @throws PartDamagedException if a file is missing or shorter than its part
     */
    public void lines(LineSelection selection, LineSink sink) throws IOException {
        long left = selection.limit();
        for (Part part : parts) {
            if (left > 0 && part.reachesBeyond(selection.after())) {
                left -= lines(part, selection, left, sink);
            }
        }
    }

    private static long lines(Part part, LineSelection selection, long limit, LineSink sink) throws IOException {
        long given = 0;
        try (PartLines lines = new PartLines(part)) {
            while (given < limit && lines.next()) {
                if (selection.accepts(lines.bytes(), lines.from(), lines.to())) {
                    sink.line(lines.bytes(), lines.from(), lines.to());
                    given++;
                }
            }
        }
        return given;
    }
}
