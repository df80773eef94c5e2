package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The data folder: a folder a job under {@code jobs}, what arrives under {@code incoming}, and the id of its owner, by
 * which the rows of a shared database are known to belong to it. Shared between threads.
 */
@Component
public class DataFolder {

    private final Path root;
    private final String owner;

    DataFolder(JobProperties properties) {
        root = properties.dataDir().toAbsolutePath().normalize();
        try {
            Files.createDirectories(jobs());
            Files.createDirectories(incoming());
            owner = readOwner(root.resolve("owner"));
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder can't be used: " + e.getMessage(), e);
        }
    }

    private static String readOwner(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    /** The id of this folder, written when it was made. */
    public String owner() {
        return owner;
    }

    /** The folder itself, absolute. */
    public Path root() {
        return root;
    }

    /** Where uploads and inline tasks wait until their job is taken in. */
    public Path incoming() {
        return root.resolve("incoming");
    }

    private Path jobs() {
        return root.resolve("jobs");
    }

    /** The folder of a job, whether it is there or not. */
    public JobFolder job(JobId id) {
        return new JobFolder(jobs().resolve(id.value()));
    }

    /** Removes a job's folder: renamed first, so that nobody meets half of it. */
    public void remove(JobId id) throws IOException {
        Path folder = job(id).path();
        Path deleted = folder.resolveSibling(id.value() + ".deleted");
        try {
            Files.move(folder, deleted);
        } catch (NoSuchFileException gone) {
            return;
        }
        force(jobs());
        removeTree(deleted);
    }

    /** Removes a file, or a folder with all that is in it. */
    public static void removeTree(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Forces a file or folder to the disk. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
