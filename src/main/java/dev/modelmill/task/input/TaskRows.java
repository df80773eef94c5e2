package dev.modelmill.task.input;

import dev.modelmill.model.InputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The valid tasks of a window as rows: where the values of each begin in the columns and what shapes they have. Reused;
 * confined to one thread.
 */
final class TaskRows {

    private final int inputs;
    /** At i: where the axes of input i begin among those of all inputs; one more for the end. */
    private final int[] axes;

    private final boolean oneShape;
    private int count;
    private int[] tasks = new int[16];
    private int[] starts;
    private long[] shapes;

    TaskRows(List<InputSpec> specs) {
        inputs = specs.size();
        axes = new int[inputs + 1];
        for (int input = 0; input < inputs; input++) {
            axes[input + 1] = axes[input] + specs.get(input).taskShape().size();
        }
        oneShape = specs.stream().allMatch(spec -> spec.elementsPerTask() >= 0);
        starts = new int[tasks.length * inputs];
        shapes = new long[tasks.length * axes[inputs]];
    }

    void clear() {
        count = 0;
    }

    /** A task begins where the columns end. */
    void begin(TensorColumn[] columns) {
        if (count == tasks.length) {
            tasks = Arrays.copyOf(tasks, 2 * count);
            starts = Arrays.copyOf(starts, 2 * starts.length);
            shapes = Arrays.copyOf(shapes, 2 * shapes.length);
        }
        for (int input = 0; input < inputs; input++) {
            starts[count * inputs + input] = columns[input].size();
        }
    }

    /** Notes the shape of one input of the task that has begun. */
    void setShape(int input, long[] shape) {
        System.arraycopy(shape, 0, shapes, count * axes[inputs] + axes[input], shape.length);
    }

    /** The task that has begun becomes a row. */
    void accept(int task) {
        tasks[count++] = task;
    }

    /** The task that has begun is forgotten, with what it has in the columns. */
    void undo(TensorColumn[] columns) {
        for (int input = 0; input < inputs; input++) {
            columns[input].truncate(start(count, input));
        }
    }

    /** The task's index in the window. */
    int task(int row) {
        return tasks[row];
    }

    int start(int row, int input) {
        return starts[row * inputs + input];
    }

    long[] shape(int row, int input) {
        int from = row * axes[inputs];
        return Arrays.copyOfRange(shapes, from + axes[input], from + axes[input + 1]);
    }

    /** Every row alone. */
    List<int[]> single() {
        List<int[]> groups = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            groups.add(new int[] {row});
        }
        return groups;
    }

    /** The rows of each shape, in order of first appearance. */
    List<int[]> byShape() {
        List<int[]> groups = new ArrayList<>();
        boolean[] grouped = new boolean[count];
        for (int row = 0; row < count; row++) {
            if (!grouped[row]) {
                groups.add(likeRow(row, grouped));
            }
        }
        return groups;
    }

    private int[] likeRow(int first, boolean[] grouped) {
        int[] rows = new int[count - first];
        int found = 0;
        for (int row = first; row < count; row++) {
            if (!grouped[row] && sameShape(first, row)) {
                grouped[row] = true;
                rows[found++] = row;
            }
        }
        return Arrays.copyOf(rows, found);
    }

    private boolean sameShape(int row, int other) {
        int length = axes[inputs];
        return oneShape
                || Arrays.equals(
                        shapes, row * length, row * length + length, shapes, other * length, other * length + length);
    }
}
