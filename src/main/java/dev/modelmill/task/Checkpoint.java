package dev.modelmill.task;

import dev.modelmill.task.output.PartState;

/**
 * How far a partition is: always at the end of a window, so that going on from it gives the same bytes.
 *
 * @param tasks finished tasks, from the partition's first
 * @param bytes bytes of the input that they took
 * @param lines lines of the input that they took
 * @param readCrc CRC32C of these bytes
 * @param succeeded tasks with a line in the results
 * @param failed tasks with a line in the errors
 * @param failedFirst failed ones among the first 100 tasks of the job
 * @param resultsLength length of the results file
 * @param resultsCrc CRC32C of it
 * @param errorsLength length of the errors file
 * @param errorsCrc CRC32C of it
 */
public record Checkpoint(
        long tasks,
        long bytes,
        long lines,
        int readCrc,
        long succeeded,
        long failed,
        int failedFirst,
        long resultsLength,
        int resultsCrc,
        long errorsLength,
        int errorsCrc) {

    /** Before the first task. */
    public static final Checkpoint START = new Checkpoint(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What the part files hold at it. */
    public PartState files() {
        return new PartState(resultsLength, resultsCrc, errorsLength, errorsCrc);
    }
}
