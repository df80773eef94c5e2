package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Signature.Batching;
import dev.modelmill.model.Tensor;
import dev.modelmill.model.TensorBatch;
import java.util.ArrayList;
import java.util.List;

/** Valid tasks of one shape, in the order of the input. Lives as long as its window is not filled again. */
public final class TaskGroup {

    private final DecodedWindow window;
    private final int[] members;

    TaskGroup(DecodedWindow window, int[] members) {
        this.window = window;
        this.members = members;
    }

    /** How many tasks there are, at least 1. */
    public int size() {
        return members.length;
    }

    /** The index within the window of the task in a row. */
    public int task(int row) {
        return window.rows().task(members[row]);
    }

    /**
     * Some of the rows as the model takes them. The tensors are views of the window's buffers where the rows lie side by
     * side, as they do unless tasks of other shapes lie between them; else copies, valid until the next call.
     *
     * @param from the first row
     * @param to the row after the last
     */
    public TensorBatch batch(int from, int to) {
        List<InputSpec> inputs = window.signature().inputs();
        List<Tensor> tensors = new ArrayList<>(inputs.size());
        for (int input = 0; input < inputs.size(); input++) {
            tensors.add(tensor(inputs.get(input), input, from, to));
        }
        return new TensorBatch(to - from, tensors);
    }

    private Tensor tensor(InputSpec spec, int input, int from, int to) {
        long[] shape = shape(input, to - from);
        int elements = elements(input);
        int count = (to - from) * elements;
        int first = start(from, input);
        if (start(to - 1, input) - first == count - elements) {
            return tensor(spec, shape, window.column(input), first, count);
        }
        return tensor(spec, shape, gather(input, from, to, elements), 0, count);
    }

    private static Tensor tensor(InputSpec spec, long[] shape, TensorColumn column, int first, int count) {
        return spec.type() == ElementType.STRING
                ? new Tensor(spec.name(), spec.type(), shape, null, column.stringsFrom(first, count))
                : new Tensor(spec.name(), spec.type(), shape, column.view(first, count), null);
    }

    private TensorColumn gather(int input, int from, int to, int elements) {
        TensorColumn gathered = window.gathered(input);
        gathered.truncate(0);
        for (int row = from; row < to; row++) {
            gathered.addAll(window.column(input), start(row, input), elements);
        }
        return gathered;
    }

    private int start(int row, int input) {
        return window.rows().start(members[row], input);
    }

    private int elements(int input) {
        int elements = 1;
        for (long axis : window.rows().shape(members[0], input)) {
            elements *= (int) axis;
        }
        return elements;
    }

    /** The shape of a task's values, behind a batch axis where the model has one. */
    private long[] shape(int input, int tasks) {
        long[] taskShape = window.rows().shape(members[0], input);
        if (window.signature().batching() == Batching.NONE) {
            return taskShape;
        }
        long[] shape = new long[taskShape.length + 1];
        shape[0] = tasks;
        System.arraycopy(taskShape, 0, shape, 1, taskShape.length);
        return shape;
    }
}
