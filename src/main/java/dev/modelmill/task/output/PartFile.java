package dev.modelmill.task.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A part file while it is written, with its running length and checksum. Confined to one thread. */
final class PartFile extends OutputStream {

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final CRC32C crc = new CRC32C();
    private long length;

    /** Makes an empty file; one that is left there keeps its content for whoever may still have it open. */
    PartFile(Path path) throws IOException {
        Files.deleteIfExists(path);
        channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (count > buffer.remaining()) {
            flush();
        }
        if (count > buffer.remaining()) {
            drain(ByteBuffer.wrap(bytes, offset, count));
        } else {
            buffer.put(bytes, offset, count);
        }
        crc.update(bytes, offset, count);
        length += count;
    }

    /** Hands the bytes to the operating system. */
    @Override
    public void flush() throws IOException {
        buffer.flip();
        drain(buffer);
        buffer.clear();
    }

    /** Hands the bytes to the disk. */
    void force() throws IOException {
        flush();
        channel.force(false);
    }

    long length() {
        return length;
    }

    int crc() {
        return (int) crc.getValue();
    }

    /** Closes the file without flushing it: what no checkpoint names is lost on purpose. Safe twice. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
