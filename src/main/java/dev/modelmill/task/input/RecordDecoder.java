package dev.modelmill.task.input;

/** Decodes one record after the other into a window; one per format. Confined to one thread. */
interface RecordDecoder {

    /**
     * Decodes the record between two positions: id and echo first, as far as they can be told, then the values.
     *
     * @throws InvalidTaskException if the record is malformed or its values don't fit; the window undoes what was begun
     */
    void decode(byte[] array, int from, int to, DecodedWindow window);

    /** The decoder for a format. */
    static RecordDecoder of(TaskInput input, TaskSchema schema, Include include) {
        return switch (input.format()) {
            case JSONL -> new JsonlRecordDecoder(schema, input.idField(), include);
            case CSV -> new CsvRecordDecoder(schema, input, include);
        };
    }
}
