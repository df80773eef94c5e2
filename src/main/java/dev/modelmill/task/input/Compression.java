package dev.modelmill.task.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How an input file is packed. A packed one is written out plain once, before its tasks are counted. */
public enum Compression {
    NONE,
    GZIP;

    private static final int BUFFER = 128 * 1024;
    private static final int[] GZIP_MAGIC = {0x1F, 0x8B};

    /**
     * How a file is packed, by its name and by its first bytes.
     *
     * @param name the name that its owner gave it
     * @param file where it lies
     * @throws InputUnreadableException if it can't be read or is packed in a way that can't be undone
     */
    public static Compression of(String name, Path file) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (lowerCase.endsWith(".zst")) {
            throw new InputUnreadableException(
                    "Zstandard (.zst) can't be read by this version: unpack the file or pack it with gzip");
        }
        return lowerCase.endsWith(".gz") || startsLikeGzip(file) ? GZIP : NONE;
    }

    /**
     * Writes the content of a file, unpacked, to another and forces it to the disk; blocks as long as that takes, in
     * constant memory.
     *
     * @param target the file to write; it must not exist. What is half written is left to the caller
     * @param stop asked now and then whether to break off, without a word
     * @throws InputUnreadableException if the source can't be read, or is cut or corrupt
     * @throws UncheckedIOException if the target can't be written
     */
    public void copyPlain(Path source, Path target, BooleanSupplier stop) {
        copy(source, target, Long.MAX_VALUE, stop);
    }

    /**
     * Like {@link #copyPlain}, but no more than the first bytes of the content, to look at.
     *
     * @param most bytes to write at most
     */
    public void copyHead(Path source, Path target, long most) {
        copy(source, target, most, () -> false);
    }

    private void copy(Path source, Path target, long most, BooleanSupplier stop) {
        try (InputStream in = open(source)) {
            write(in, target, most, stop);
        } catch (IOException failure) {
            throw FileRange.unreadable(failure);
        }
    }

    private InputStream open(Path source) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(source), BUFFER);
        if (this == NONE) {
            return in;
        }
        try {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (IOException failure) {
            in.close();
            throw corrupt(failure);
        }
    }

    private void write(InputStream in, Path target, long most, BooleanSupplier stop) {
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            long left = most;
            for (int count = read(in, buffer);
                    count >= 0 && left > 0 && !stop.getAsBoolean();
                    count = read(in, buffer)) {
                int wanted = (int) Math.min(left, count);
                writeAll(out, ByteBuffer.wrap(buffer, 0, wanted));
                left -= wanted;
            }
            out.force(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException failure) {
            throw this == GZIP ? corrupt(failure) : FileRange.unreadable(failure);
        }
    }

    private static InputUnreadableException corrupt(IOException failure) {
        return new InputUnreadableException("the gzip file is cut off or corrupt", failure);
    }

    private static boolean startsLikeGzip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == GZIP_MAGIC[0] && in.read() == GZIP_MAGIC[1];
        } catch (IOException failure) {
            throw FileRange.unreadable(failure);
        }
    }
}
