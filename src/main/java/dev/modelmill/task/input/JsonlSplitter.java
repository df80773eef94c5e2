package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteSearch;

/** Cuts JSON lines: a record ends at a line feed and nowhere else; a line of white space alone is no task. */
final class JsonlSplitter extends RecordSplitter {

    private boolean droppedText;

    JsonlSplitter(TaskInput input, FileRange file, long firstLine, int chunk) {
        super(input, file, firstLine, chunk);
    }

    @Override
    void begin(int index) {
        droppedText = false;
    }

    @Override
    int findEnd(byte[] bytes, int searchFrom, int searchTo) {
        return ByteSearch.indexOf(bytes, searchFrom, searchTo, (byte) '\n');
    }

    @Override
    void endOfRange(boolean planned) {}

    @Override
    void moved(int distance) {}

    @Override
    void dropping(byte[] bytes, int droppedFrom, int droppedTo) {
        droppedText |= hasText(bytes, droppedFrom, droppedTo);
    }

    @Override
    boolean isTask() {
        return droppedText || hasText(array(), from(), to());
    }

    private static boolean hasText(byte[] bytes, int from, int to) {
        for (int index = from; index < to; index++) {
            byte value = bytes[index];
            if (value != ' ' && value != '\t' && value != '\r') {
                return true;
            }
        }
        return false;
    }
}
