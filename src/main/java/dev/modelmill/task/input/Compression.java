package dev.modelmill.task.input;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Inputs that are packed, by the ending of their name. */
public enum Compression {
    NONE(""),
    GZIP(".gz");

    private static final int BUFFER = 1 << 16;

    private final String ending;

    Compression(String ending) {
        this.ending = ending;
    }

    /** How a file of this name is packed. */
    public static Compression of(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(GZIP.ending) ? GZIP : NONE;
    }

    /** The name without the ending of the packing. */
    public String plainName(String fileName) {
        return fileName.substring(0, fileName.length() - ending.length());
    }

    /**
     * Writes an input out plain, all members of it, and forces it to the disk. Constant memory.
     *
     * @param most bytes to write; the rest is left out
     * @throws InputUnreadableException if it is cut short or corrupt
     */
    public void expand(Path source, Path target, long most) throws IOException {
        try (InputStream in = open(source);
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[BUFFER];
            long left = most;
            while (left > 0) {
                int read = read(in, buffer, (int) Math.min(left, BUFFER));
                if (read < 0) {
                    break;
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private InputStream open(Path source) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(source), BUFFER);
        if (this == NONE) {
            return file;
        }
        try {
            return GzipCompressorInputStream.builder()
                    .setInputStream(file)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (IOException e) {
            file.close();
            throw unreadable(e);
        }
    }

    private static int read(InputStream in, byte[] buffer, int most) throws IOException {
        try {
            return in.read(buffer, 0, most);
        } catch (EOFException e) {
            throw unreadable(e);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Gzip")) {
                throw unreadable(e);
            }
            throw e;
        }
    }

    private static InputUnreadableException unreadable(IOException e) {
        return new InputUnreadableException("the gzip file is cut short or corrupt", e);
    }
}
