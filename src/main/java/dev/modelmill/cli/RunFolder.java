package dev.modelmill.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data folder of one run, found again by the same command after a crash. Held by one process at a time, through a
 * lock that ends with it.
 */
final class RunFolder implements AutoCloseable {

    private static final int NAME_BYTES = 12;

    private final Path path;
    private final FileChannel lock;

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes or finds the folder of a run and holds it.
     *
     * @param parent the folder of all runs
     * @param identity what makes two runs the same
     * @throws CommandFailedException if another process holds it
     */
    static RunFolder open(Path parent, List<String> identity) throws IOException {
        Path path = parent.toAbsolutePath().normalize().resolve(name(identity));
        Files.createDirectories(path);
        FileChannel lock = FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock held = lock.tryLock();
        if (held == null) {
            lock.close();
            throw new CommandFailedException(
                    ExitCodes.FAILED, "the same run is going on already: wait for it, or choose another output");
        }
        return new RunFolder(path, lock);
    }

    private static String name(List<String> identity) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(String.join("\0", identity).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The folder, absolute. */
    Path path() {
        return path;
    }

    /**
     * A model repository with one model in it: a link to its folder, or a folder of its own for an {@code .onnx} file and
     * the files of weights beside it.
     */
    Path repositoryOf(ModelArgument model, Path source) throws IOException {
        Path models = path.resolve("models");
        removeTree(models);
        Path folder = Files.createDirectories(models).resolve(model.name());
        if (Files.isDirectory(source)) {
            Files.createSymbolicLink(folder, source.toRealPath());
            return models;
        }
        Files.createDirectories(folder);
        link(source, folder.resolve("model.onnx"));
        for (Path weights : weightsOf(source)) {
            link(weights, folder.resolve(weights.getFileName()));
        }
        return models;
    }

    private static List<Path> weightsOf(Path onnx) throws IOException {
        String name = String.valueOf(onnx.getFileName());
        try (Stream<Path> siblings = Files.list(onnx.toAbsolutePath().getParent())) {
            return siblings.filter(Files::isRegularFile)
                    .filter(each -> each.getFileName().toString().startsWith(name))
                    .filter(each -> !each.endsWith(name))
                    .toList();
        }
    }

    /** A hard link, for a model must lie in its own folder; a copy where there can't be one. */
    private static void link(Path from, Path to) throws IOException {
        Path real = from.toRealPath();
        try {
            Files.createLink(to, real);
        } catch (IOException | UnsupportedOperationException otherDisk) {
            Files.copy(real, to);
        }
    }

    /** Removes the folder with all that is in it. */
    void remove() throws IOException {
        removeTree(path);
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".lock"));
    }

    private static void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Lets go of the folder. Safe twice. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
