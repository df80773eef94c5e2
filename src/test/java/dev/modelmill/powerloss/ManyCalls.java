package dev.modelmill.powerloss;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A process that changes files in every way that Java knows, to be recorded. The last line of its work kills it. */
final class ManyCalls {

    private static final byte[] BYTES = "0123456789".repeat(1000).getBytes();

    private ManyCalls() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        streams(root);
        channels(root);
        names(root);
        old(root.toFile());
        Runtime.getRuntime().halt(0);
    }

    private static void streams(Path root) throws IOException {
        Files.writeString(root.resolve("a"), "a text");
        Files.writeString(root.resolve("a"), "short");
        Files.write(root.resolve("b"), BYTES);
        Files.writeString(root.resolve("b"), "and more", APPEND);
        Files.copy(root.resolve("b"), root.resolve("copy"));
        Files.copy(new ByteArrayInputStream(BYTES), root.resolve("copied"));
        try (FileOutputStream out = new FileOutputStream(root.resolve("a").toFile(), true)) {
            out.write(BYTES);
            out.getFD().sync();
        }
    }

    private static void channels(Path root) throws Exception {
        Path file = root.resolve("channel");
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
            channel.write(ByteBuffer.wrap(BYTES));
            channel.write(ByteBuffer.wrap(BYTES), 50_000);
            channel.write(new ByteBuffer[] {ByteBuffer.wrap(BYTES), ByteBuffer.wrap(BYTES)});
            channel.truncate(55_000);
            channel.force(true);
            try (FileChannel from = FileChannel.open(root.resolve("b"))) {
                from.transferTo(0, 5_000, channel.position(100));
                channel.transferFrom(from, 200, 5_000);
            }
        }
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, WRITE)) {
            channel.write(ByteBuffer.wrap("asynchronous".getBytes()), 7).get();
            channel.truncate(54_000);
        }
        try (FileChannel channel = FileChannel.open(root.resolve("forced"), CREATE_NEW, WRITE, DSYNC)) {
            channel.write(ByteBuffer.wrap(BYTES));
        }
        try (FileChannel folder = FileChannel.open(root)) {
            folder.force(true);
        }
    }

    private static void names(Path root) throws IOException {
        Path inner = Files.createDirectories(root.resolve("x/y/z"));
        Files.move(root.resolve("copy"), inner.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
        Files.createLink(inner.resolve("link"), inner.resolve("moved"));
        Files.createSymbolicLink(root.resolve("symlink"), Path.of("a"));
        Files.writeString(inner.resolve("link"), "through the link");
        Files.move(root.resolve("copied"), root.resolve("b"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(root.resolve("x"), root.resolve("w"));
        Files.writeString(root.resolve("w/y/../y/dotted"), "dots");
        Files.createDirectory(root.resolve("gone"));
        Files.delete(root.resolve("gone"));
        Files.writeString(root.resolve("gone"), "a file now");
        Files.delete(root.resolve("gone"));
    }

    private static void old(File root) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(new File(root, "random"), "rw")) {
            file.setLength(10_000);
            file.seek(9_000);
            file.write(BYTES);
            file.setLength(12_000);
        }
        File folder = new File(root, "old");
        if (!folder.mkdirs()
                || !new File(folder, "empty").createNewFile()
                || !new File(folder, "empty").renameTo(new File(folder, "renamed"))
                || !new File(folder, "other").createNewFile()
                || !new File(folder, "other").delete()) {
            throw new IOException("java.io.File refused");
        }
        try (FileInputStream in = new FileInputStream(new File(root, "b"));
                FileOutputStream out = new FileOutputStream(new File(folder, "transferred"))) {
            in.transferTo(out);
        }
    }
}
