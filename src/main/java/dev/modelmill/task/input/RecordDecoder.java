package dev.modelmill.task.input;

/** Decodes records of one format into a window. Confined to one thread at a time. */
interface RecordDecoder {

    /**
     * Decodes a record into the task that the window has begun: its values, its id, and what its line gives back, the last
     * two as far as they can be told even where the task is invalid.
     *
     * @throws InvalidTaskException if it does not fit; what was written of it is taken back by the caller
     */
    void decode(byte[] array, int from, int to, DecodedWindow window);
}
