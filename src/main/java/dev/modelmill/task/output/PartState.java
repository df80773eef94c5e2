package dev.modelmill.task.output;

/**
 * How far the files of an attempt have been written: what a checkpoint stores.
 *
 * @param resultsLength bytes of results
 * @param resultsCrc CRC32C of these
 * @param errorsLength bytes of errors
 * @param errorsCrc CRC32C of these
 */
public record PartState(long resultsLength, int resultsCrc, long errorsLength, int errorsCrc) {

    /** Nothing has been written. */
    public static final PartState EMPTY = new PartState(0, 0, 0, 0);
}
