package dev.modelmill.job.log;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file of a log. Everybody says how far it counts: bytes behind that are a line torn by a crash or a full disk, and
 * the next line is written over them. Reading opens the file each time, so that a reader who is slow or gone holds
 * nothing. Uses {@link RandomAccessFile} because an interrupt closes a channel for everybody. One thread writes at a
 * time, any number read.
 */
final class LogFile {

    private static final int BLOCK = LogFormat.MAX_LINE;

    /** Takes the lines of a file; {@code to} is where the newline is. */
    interface LineVisitor {
        void line(byte[] bytes, int from, int to, long offset);
    }

    private final File file;

    LogFile(Path path) {
        this.file = path.toFile();
    }

    /** Visits all whole lines and returns the offset behind the last; 0 if there is no file. */
    long scan(LineVisitor visitor) throws IOException {
        if (!file.exists()) {
            return 0;
        }
        try (RandomAccessFile open = new RandomAccessFile(file, "r")) {
            long offset = 0;
            for (long length = open.length(); offset < length; ) {
                long end = visit(block(open, offset, length), offset, visitor);
                if (end == offset) {
                    break;
                }
                offset = end;
            }
            return offset;
        }
    }

    /**
     * Reads events from an offset where a line begins.
     *
     * @param number the number of the first event at or behind the offset
     * @param limit where the file ends
     */
    List<KeptLine> read(long number, long offset, long limit) throws IOException {
        List<KeptLine> lines = new ArrayList<>();
        try (RandomAccessFile open = new RandomAccessFile(file, "r")) {
            long at = offset;
            while (lines.isEmpty() && at < limit) {
                long end = visit(block(open, at, limit), at, (bytes, from, to, lineOffset) -> {
                    long seq = LogFormat.seq(bytes, from, to);
                    if (seq >= 0) {
                        byte[] json = Arrays.copyOfRange(bytes, from, to);
                        lines.add(new KeptLine(number + lines.size(), lineOffset, new LogLine(seq, json)));
                    }
                });
                if (end == at) {
                    break;
                }
                at = end;
            }
        }
        return lines;
    }

    /** Reads a block with at least one whole line, if there is one before the limit. */
    private static byte[] block(RandomAccessFile open, long offset, long limit) throws IOException {
        for (int size = BLOCK; ; size = Math.multiplyExact(size, 2)) {
            byte[] block = new byte[(int) Math.min(size, limit - offset)];
            open.seek(offset);
            open.readFully(block);
            if (block.length < size || hasNewline(block)) {
                return block;
            }
        }
    }

    private static boolean hasNewline(byte[] block) {
        for (byte each : block) {
            if (each == '\n') {
                return true;
            }
        }
        return false;
    }

    private static long visit(byte[] block, long offset, LineVisitor visitor) {
        int from = 0;
        for (int i = 0; i < block.length; i++) {
            if (block[i] == '\n') {
                visitor.line(block, from, i, offset + from);
                from = i + 1;
            }
        }
        return offset + from;
    }

    /** Opens the file for writing, makes it if need be and cuts off what lies behind the last whole line. */
    RandomAccessFile openToWrite(long length) throws IOException {
        RandomAccessFile opened = new RandomAccessFile(file, "rw");
        try {
            opened.setLength(length);
            return opened;
        } catch (IOException problem) {
            opened.close();
            throw problem;
        }
    }
}
