package dev.modelmill.task.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Reads the bytes of a part of a file one after the other. Confined to one thread, which closes it. */
final class FileRange implements AutoCloseable {

    /** The end of a range that goes on as far as the file does. */
    static final long FILE_END = Long.MAX_VALUE;

    private final FileChannel channel;
    private final long end;
    private long position;
    private BooleanSupplier stopped = () -> false;

    private FileRange(FileChannel channel, long from, long end) {
        this.channel = channel;
        this.position = from;
        this.end = end;
    }

    /**
     * Opens the bytes from one offset up to another, or to {@link #FILE_END}.
     *
     * @throws InputUnreadableException if there is no such file or it may not be read
     */
    static FileRange open(Path file, long from, long end) {
        try {
            return new FileRange(FileChannel.open(file), from, end);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** Makes reading end with a {@link CancellationException} once the answer is true. */
    FileRange stoppedBy(BooleanSupplier signal) {
        stopped = signal;
        return this;
    }

    /** Whether the range ends somewhere that was planned, not with the file. */
    boolean bounded() {
        return end != FILE_END;
    }

    /** How much of the file lies before the next byte that is read. */
    long position() {
        return position;
    }

    /**
     * Reads as many bytes as there are, at most {@code to - from} of them, into an array; returns how many, or -1 at the
     * end of the range.
     *
     * @throws InputChangedException if the file ends before the range does
     * @throws InputUnreadableException if reading fails
     */
    int read(byte[] target, int from, int to) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("reading the input was stopped");
        }
        int wanted = (int) Math.min(to - from, end - position);
        if (wanted == 0) {
            return -1;
        }
        int read = readAt(ByteBuffer.wrap(target, from, wanted));
        if (read < 0 && bounded()) {
            throw new InputChangedException("the input has become shorter than it was when its tasks were counted");
        }
        position += Math.max(read, 0);
        return read;
    }

    private int readAt(ByteBuffer target) {
        try {
            return channel.read(target, position);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** Says why a file can't be read, without its path, which the messages of the JDK carry. */
    static InputUnreadableException unreadable(IOException failure) {
        String why = failure instanceof NoSuchFileException
                ? "it does not exist (any more)"
                : failure instanceof AccessDeniedException ? "permission denied" : "reading failed";
        return new InputUnreadableException("the input can't be read: " + why, failure);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }
}
