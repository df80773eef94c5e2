package dev.modelmill.task.input;

/**
 * A place in a partition's input, between two tasks, from which reading can go on: what a checkpoint keeps.
 *
 * @param task index of the task that comes next
 * @param offset how many bytes of the file lie before it
 * @param line the 1-based line of the file there
 * @param crc CRC32C of the bytes from the partition's start up to here
 */
public record InputPosition(long task, long offset, long line, int crc) {

    /** Where a partition begins. */
    public static InputPosition startOf(PartitionRange range) {
        return new InputPosition(range.firstTask(), range.offset(), range.firstLine(), 0);
    }
}
