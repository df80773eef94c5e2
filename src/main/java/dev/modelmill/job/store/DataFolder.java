package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.task.output.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The data folder: a folder a job under {@code jobs}, what arrives under {@code incoming}, and the id of its owner, by
 * which the rows of a shared database are known to belong to it. Shared between threads.
 */
@Component
public class DataFolder {

    private static final long RESERVE = 64L << 20;
    private static final String HIDDEN = ".deleted";

    private final Path root;
    private final String owner;

    DataFolder(JobProperties properties) {
        root = properties.dataDir().toAbsolutePath().normalize();
        try {
            Folders.create(jobs());
            Folders.create(incoming());
            owner = readOwner(root.resolve("owner"));
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder can't be used: " + e.getMessage(), e);
        }
    }

    private static String readOwner(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            ForcedFile.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
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

    /**
     * Whether so little space is left on its disk that only the database shall have it: under a twentieth, and under 64 MB.
     * Where that can't be asked there is none.
     */
    public boolean full() {
        try {
            FileStore disk = Files.getFileStore(root);
            return disk.getUsableSpace() < Math.min(RESERVE, disk.getTotalSpace() / 20);
        } catch (IOException e) {
            return true;
        }
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

    /** The folder of a job that is being taken in; {@link #enter} shows it. */
    public JobFolder arriving(JobId id) {
        return new JobFolder(incoming().resolve(id.value()));
    }

    /** Shows the folder of a job that has been taken in, whole and forced before. */
    public void enter(JobId id) throws IOException {
        Files.move(arriving(id).path(), job(id).path(), StandardCopyOption.ATOMIC_MOVE);
        Folders.force(jobs());
    }

    /** Hides a job's folder, by which the job is deleted; {@link #removeHidden} takes it away. */
    void hide(JobId id) throws IOException {
        try {
            Files.move(job(id).path(), hidden(id), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return;
        }
        Folders.force(jobs());
    }

    /** Takes a hidden folder away with all that is in it. */
    void removeHidden(JobId id) throws IOException {
        removeTree(hidden(id));
    }

    private Path hidden(JobId id) {
        return jobs().resolve(id.value() + HIDDEN);
    }

    /** The job whose hidden folder this is, or nothing where it is something else. */
    static Optional<JobId> deletedJob(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return name.endsWith(HIDDEN)
                ? JobId.parse(name.substring(0, name.length() - HIDDEN.length()))
                : Optional.empty();
    }

    /** All that lies among the folders of the jobs, in order. */
    List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(jobs())) {
            return entries.sorted().toList();
        }
    }

    /** Takes away what had arrived when the service ended. */
    void emptyIncoming() throws IOException {
        try (Stream<Path> entries = Files.list(incoming())) {
            for (Path each : entries.toList()) {
                removeTree(each);
            }
        }
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
