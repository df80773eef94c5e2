package dev.modelmill.task.input;

import dev.modelmill.model.Signature;
import java.util.List;

/**
 * How the fields or columns of an input become the inputs of a model; made once a job, before anything runs, and again by
 * each run. Immutable.
 */
public final class TaskSchema {

    private final Signature signature;
    private final InputHead head;
    private final List<InputBinding> bindings;

    private TaskSchema(Signature signature, InputHead head, List<InputBinding> bindings) {
        this.signature = signature;
        this.head = head;
        this.bindings = List.copyOf(bindings);
    }

    /**
     * Binds an input to what a model takes; reads the header line of a CSV file.
     *
     * @throws InputMismatchException if columns are missing, too many or named twice, or a {@code missing} literal is no
     *     value of its input
     * @throws InputUnreadableException if the file or its header line can't be read
     */
    public static TaskSchema bind(TaskInput input, Signature signature) {
        InputHead head = InputHead.read(input);
        SchemaBinder binder = new SchemaBinder(
                input.format(), input.delimiter(), input.idField(), head.columns(), signature.inputs());
        return new TaskSchema(signature, head, binder.bind());
    }

    /** What the model takes and gives. */
    public Signature signature() {
        return signature;
    }

    /** The columns of a CSV file in order; empty for JSONL and for a file without a header line. */
    public List<String> columns() {
        return head.columns();
    }

    InputHead head() {
        return head;
    }

    /** A binding per input, in the signature's order; empty for a CSV file without a header line, which has no tasks. */
    List<InputBinding> bindings() {
        return bindings;
    }
}
