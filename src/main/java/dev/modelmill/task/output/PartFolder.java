package dev.modelmill.task.output;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The folder that holds the part files of a job. A file counts only where a partition's row names it, never because it
 * exists.
 *
 * @param path where it is
 */
public record PartFolder(Path path) {

    /** The folder {@code parts} of a job, made and forced where it does not exist. */
    public static PartFolder in(Path jobFolder) throws IOException {
        Path path = jobFolder.resolve("parts");
        Folders.create(path);
        return new PartFolder(path);
    }

    /** The files of one attempt at a partition, which need not exist. */
    public PartFiles files(int partition, int attempt) {
        return new PartFiles(path, partition, attempt);
    }

    /** Removes all files but those of some attempts: what no row names is left from a crash. */
    public void retain(Collection<PartFiles> named) throws IOException {
        Set<Path> kept = new HashSet<>();
        named.forEach(files -> kept.addAll(files.names()));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (!kept.contains(entry.getFileName())) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }
}
