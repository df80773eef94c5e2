package dev.modelmill.task.input;

/**
 * A contiguous range of the tasks of an input, on window boundaries.
 *
 * @param number 0-based number of the partition
 * @param firstTask index of its first task, a multiple of the batch size
 * @param tasks number of its tasks, at least 1
 * @param offset where its first record begins in the file, in bytes
 * @param bytes its length in the file: everything up to where the next partition begins, or the file's end
 * @param firstLine the 1-based line of the file at {@code offset}
 * @param crc CRC32C of these bytes
 */
public record PartitionRange(
        int number, long firstTask, long tasks, long offset, long bytes, long firstLine, int crc) {}
