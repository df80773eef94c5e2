package dev.modelmill.job.store;

import dev.modelmill.task.input.TaskInput;
import dev.modelmill.task.output.PartFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What lies in the folder of a job.
 *
 * @param path the folder
 */
public record JobFolder(Path path) {

    /** Whether the job is there and not deleted. */
    public boolean exists() {
        return Files.isDirectory(path);
    }

    /** What was asked for, written before the job has a row. */
    public Path description() {
        return path.resolve("job.json");
    }

    /** How the job ended, written after its row says so. */
    Path ending() {
        return path.resolve("end.json");
    }

    /** Says that the job was cancelled, written before its row says so. */
    Path cancelMark() {
        return path.resolve("cancelled");
    }

    /** The part files. */
    public Path parts() {
        return path.resolve("parts");
    }

    /** A compressed input written out plain. */
    public Path plainInput() {
        return path.resolve("input.plain");
    }

    /** Removes all that an earlier run made of the tasks, so that the job begins anew. */
    void clear() throws IOException {
        PartFolder.in(path).retain(List.of());
        Files.deleteIfExists(plainInput());
    }

    /** The file of the tasks as it came. */
    public Path source(JobInput input) {
        return input.own() ? path.resolve(input.file()) : Path.of(input.file());
    }

    /** The plain file of the tasks and how to read it. */
    public TaskInput tasks(JobInput input, int maxTaskSize) {
        Path plain = input.compressed() ? plainInput() : source(input);
        return new TaskInput(plain, input.format(), input.delimiter(), input.idField(), maxTaskSize);
    }
}
