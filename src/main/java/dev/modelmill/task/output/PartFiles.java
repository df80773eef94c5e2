package dev.modelmill.task.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The files of one attempt at a partition: {@code 00017.2.results}, {@code 00017.2.errors}. No other attempt ever writes
 * to them.
 *
 * @param folder the folder that holds them
 * @param partition number of the partition
 * @param attempt number of the attempt, never used again for the partition
 */
public record PartFiles(Path folder, int partition, int attempt) {

    /** Lines of the tasks that succeeded. */
    public Path results() {
        return file("results");
    }

    /** Lines of the tasks that failed; exists from the first on. */
    public Path errors() {
        return file("errors");
    }

    /**
     * Reads the files up to the lengths of a state and compares their checksums.
     *
     * @throws PartDamagedException if a file is missing, shorter or different
     */
    public void verify(PartState state) throws IOException {
        PartBytes.verify(results(), state.resultsLength(), state.resultsCrc());
        PartBytes.verify(errors(), state.errorsLength(), state.errorsCrc());
    }

    /** Forces the files that hold something of a state, and their folder, to the disk. */
    public void force(PartState state) throws IOException {
        if (state.resultsLength() > 0) {
            force(results());
        }
        if (state.errorsLength() > 0) {
            force(errors());
        }
        Folders.force(folder);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    List<Path> names() {
        return List.of(results().getFileName(), errors().getFileName());
    }

    private Path file(String kind) {
        return folder.resolve("%05d.%d.%s".formatted(partition, attempt, kind));
    }
}
