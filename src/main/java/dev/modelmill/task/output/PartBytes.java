package dev.modelmill.task.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Reads what was committed of a part file, 64 KiB at a time. */
final class PartBytes {

    private static final int BUFFER = 64 * 1024;

    private PartBytes() {}

    /**
     * Copies {@code length} bytes from {@code from} on. No file is touched where the length is 0.
     *
     * @throws PartDamagedException if the file is missing or shorter
     */
    static void copy(Path file, long from, long length, OutputStream out) throws IOException {
        if (length == 0) {
            return;
        }
        try (InputStream in = open(file, from)) {
            byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
            for (long left = length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new PartDamagedException(file, left + " bytes are missing at its end");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /**
     * Opens a file for reading from a position on.
     *
     * @throws PartDamagedException if it is missing
     */
    static InputStream open(Path file, long from) throws IOException {
        try {
            SeekableByteChannel channel = Files.newByteChannel(file);
            return Channels.newInputStream(channel.position(from));
        } catch (NoSuchFileException e) {
            throw new PartDamagedException(file, "it is missing");
        }
    }

    /**
     * Compares the checksum of the first {@code length} bytes.
     *
     * @throws PartDamagedException if the file is missing, shorter or different
     */
    static void verify(Path file, long length, int crc) throws IOException {
        CRC32C found = new CRC32C();
        copy(file, 0, length, new CheckedOutputStream(OutputStream.nullOutputStream(), found));
        compare(file, (int) found.getValue(), crc);
    }

    static void compare(Path file, int found, int committed) {
        if (found != committed) {
            throw new PartDamagedException(file, "its checksum differs");
        }
    }
}
