package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Tensor;
import dev.modelmill.model.TensorBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tasks of one window and one shape, by index. Valid as long as its window is; a batch is valid until the next one is asked
 * for.
 */
public final class TaskGroup {

    private final Signature signature;
    private final TensorColumn[] columns;
    private final TensorColumn[] gathered;
    private final int[] tasks;
    private final int firstRow;
    private final int[][] starts;
    private final long[][] shapes;

    private TaskGroup(
            Signature signature,
            TensorColumn[] columns,
            TensorColumn[] gathered,
            int[] tasks,
            int firstRow,
            int[][] starts,
            long[][] shapes) {
        this.signature = signature;
        this.columns = columns;
        this.gathered = gathered;
        this.tasks = tasks;
        this.firstRow = firstRow;
        this.starts = starts;
        this.shapes = shapes;
    }

    /** Tasks whose values lie one after the other in the columns. */
    static TaskGroup sliced(Signature signature, TensorColumn[] columns, int[] rows, int from, int to) {
        long[][] shapes =
                signature.inputs().stream().map(DecodedWindow::fixedShape).toArray(long[][]::new);
        return new TaskGroup(
                signature, columns, columns, Arrays.copyOfRange(rows, from, to), from, new int[0][], shapes);
    }

    /** Tasks whose values are put together for each call. */
    static TaskGroup gathered(
            Signature signature,
            TensorColumn[] columns,
            TensorColumn[] gathered,
            int[] tasks,
            int[][] starts,
            long[][] shapes) {
        return new TaskGroup(signature, columns, gathered, tasks, -1, starts, shapes);
    }

    /** Tasks in the group. */
    public int size() {
        return tasks.length;
    }

    /** The position in the window of one of its tasks. */
    public int task(int row) {
        return tasks[row];
    }

    /** Some of its tasks as one batch; views of the window's buffers, without copying where all have one shape. */
    public TensorBatch batch(int from, int to) {
        List<Tensor> tensors = new ArrayList<>(columns.length);
        for (int input = 0; input < columns.length; input++) {
            tensors.add(tensor(input, from, to));
        }
        return new TensorBatch(to - from, tensors);
    }

    private Tensor tensor(int input, int from, int to) {
        int each = elements(shapes[input]);
        TensorColumn column = firstRow >= 0 ? columns[input] : gather(input, from, to, each);
        int begin = firstRow >= 0 ? (firstRow + from) * each : 0;
        int length = (to - from) * each;
        InputSpec spec = signature.inputs().get(input);
        boolean strings = spec.type() == ElementType.STRING;
        return new Tensor(
                spec.name(),
                spec.type(),
                whole(shapes[input], to - from),
                strings ? null : column.slice(begin, length),
                strings ? column.strings(begin, length) : null);
    }

    private TensorColumn gather(int input, int from, int to, int each) {
        TensorColumn target = gathered[input];
        target.cutBack(0);
        for (int row = from; row < to; row++) {
            target.addAll(columns[input], starts[tasks[row]][input], each);
        }
        return target;
    }

    private long[] whole(long[] taskShape, int size) {
        if (signature.batching() == Signature.Batching.NONE) {
            return taskShape;
        }
        long[] shape = new long[taskShape.length + 1];
        shape[0] = size;
        System.arraycopy(taskShape, 0, shape, 1, taskShape.length);
        return shape;
    }

    private static int elements(long[] shape) {
        long elements = 1;
        for (long axis : shape) {
            elements *= axis;
        }
        return Math.toIntExact(elements);
    }
}
