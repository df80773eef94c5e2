package dev.modelmill.job.store;

import dev.modelmill.task.input.TaskInput;
import java.nio.file.Path;

/**
 * What lies in the folder of a job.
 *
 * @param path the folder
 */
public record JobFolder(Path path) {

    /** What was asked for, written before the job has a row. */
    public Path description() {
        return path.resolve("job.json");
    }

    /** The part files. */
    public Path parts() {
        return path.resolve("parts");
    }

    /** A compressed input written out plain. */
    public Path plainInput() {
        return path.resolve("input.plain");
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
