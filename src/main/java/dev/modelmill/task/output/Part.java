package dev.modelmill.task.output;

import java.nio.file.Path;

/**
 * What is readable of a partition in one of its files, results or errors.
 *
 * @param file the file; need not exist where {@code length} is 0
 * @param length bytes of it that were committed: whole lines
 * @param firstTask index of the partition's first task
 * @param tasks tasks of the partition that these lines speak of
 */
public record Part(Path file, long length, long firstTask, long tasks) {

    /** Whether a line may speak of a task behind this one. */
    boolean reachesBeyond(long index) {
        return length > 0 && firstTask + tasks - 1 > index;
    }
}
