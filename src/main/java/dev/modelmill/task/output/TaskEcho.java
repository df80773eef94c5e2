package dev.modelmill.task.output;

import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.NumberText;

/**
 * What a line gives back of its task: the id and, in jobs that include it, the input. A view of bytes that their owner
 * reuses, moved from task to task; one for a worker, on its thread.
 */
public final class TaskEcho {

    private static final byte[] INDEX = Literals.ascii("{\"index\":");
    private static final byte[] ID = Literals.ascii(",\"id\":");
    private static final byte[] INPUT = Literals.ascii(",\"input\":");
    private static final byte[] END = Literals.ascii("}\n");

    private final boolean withInput;
    private byte[] json = new byte[0];
    private int idFrom = -1;
    private int idTo = -1;
    private int inputFrom = -1;
    private int inputTo = -1;

    /** An echo of nothing yet. {@code withInput}: whether lines end with the key {@code input}. */
    public TaskEcho(boolean withInput) {
        this.withInput = withInput;
    }

    /**
     * Moves to a task.
     *
     * @param json JSON text on one line, valid until the next move
     * @param idFrom where the id's JSON text begins, or -1 where the task has none
     * @param idTo where it ends
     * @param inputFrom where the included input's JSON text begins, or -1 where it is unknown
     * @param inputTo where it ends
     * @return this
     */
    public TaskEcho at(byte[] json, int idFrom, int idTo, int inputFrom, int inputTo) {
        this.json = json;
        this.idFrom = idFrom;
        this.idTo = idTo;
        this.inputFrom = inputFrom;
        this.inputTo = inputTo;
        return this;
    }

    void beginLine(ByteBuilder out, long index) {
        out.append(INDEX);
        NumberText.append(out, index);
        out.append(ID);
        append(out, idFrom, idTo);
    }

    void endLine(ByteBuilder out) {
        if (withInput) {
            out.append(INPUT);
            append(out, inputFrom, inputTo);
        }
        out.append(END);
    }

    private void append(ByteBuilder out, int from, int to) {
        if (from < 0) {
            out.append(Literals.NULL);
        } else {
            out.append(json, from, to);
        }
    }
}
