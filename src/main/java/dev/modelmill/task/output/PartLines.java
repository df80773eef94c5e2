package dev.modelmill.task.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks over the lines of one part. Holds 64 KiB, or the longest line where that is more.
 */
final class PartLines implements AutoCloseable {

    private final Part part;
    private final InputStream in;
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;
    private int filled;
    private long unread;

    PartLines(Part part) throws IOException {
        this.part = part;
        in = PartBytes.open(part.file(), 0);
        unread = part.length();
    }

    /** The array that holds the line. */
    byte[] bytes() {
        return buffer;
    }

    /** Where the line begins. */
    int from() {
        return from;
    }

    /** Where it ends, behind its LF. */
    int to() {
        return to;
    }

    /**
     * Moves to the next line; false behind the last one.
     *
     * @throws PartDamagedException if the file is shorter than the part or the part ends within a line
     */
    boolean next() throws IOException {
        from = to;
        int at = from;
        while (true) {
            for (; at < filled; at++) {
                if (buffer[at] == '\n') {
                    to = at + 1;
                    return true;
                }
            }
            if (unread == 0) {
                return end();
            }
            at -= makeRoom();
            fill();
        }
    }

    private boolean end() {
        if (from < filled) {
            throw new PartDamagedException(part.file(), "its last line has no end");
        }
        return false;
    }

    /** Moves the begun line to the start, into a larger array where it fills this one; returns by how much it moved. */
    private int makeRoom() {
        int moved = from;
        if (moved == 0 && filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(filled, 2));
        } else {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
        }
        filled -= moved;
        from = 0;
        return moved;
    }

    private void fill() throws IOException {
        int read = in.read(buffer, filled, (int) Math.min(buffer.length - filled, unread));
        if (read < 0) {
            throw new PartDamagedException(part.file(), unread + " bytes are missing at its end");
        }
        filled += read;
        unread -= read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
