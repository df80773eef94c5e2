package dev.modelmill.task.input;

import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.task.bytes.ByteBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one window after decoding: their values in a column per input, what their lines give back of them, and why
 * the invalid ones failed. Filled anew for each window; belongs to a worker and its thread.
 */
public final class DecodedWindow implements AutoCloseable {

    private final ByteBuilder json = new ByteBuilder(1 << 12);
    private @Nullable Signature signature;
    private TensorColumn[] columns = new TensorColumn[0];
    private TensorColumn[] gathered = new TensorColumn[0];
    private long firstTask;
    private int tasks;
    private int valid;
    private int[] rows = new int[0];
    private int[] echo = new int[0];
    private long[] lines = new long[0];
    private @Nullable TaskFailure[] failures = new TaskFailure[0];
    private long[][][] shapes = new long[0][][];
    private int[][] starts = new int[0][];
    private boolean open;

    /** Takes the places of a task's id and input in an array of JSON text; -1 where it has none. */
    @FunctionalInterface
    public interface EchoSink {

        /** Takes them. */
        void at(byte[] json, int idFrom, int idTo, int inputFrom, int inputTo);
    }

    /** Forgets all tasks and begins with a first one. */
    void begin(Signature model, long first, int most) {
        if (signature != model) {
            signature = model;
            columns = columns(model);
            gathered = columns(model);
            open = model.inputs().stream().anyMatch(spec -> spec.elementsPerTask() < 0);
        }
        for (TensorColumn column : columns) {
            column.cutBack(0);
        }
        if (lines.length < most) {
            rows = new int[most];
            echo = new int[4 * most];
            lines = new long[most];
            failures = new TaskFailure[most];
            shapes = new long[most][][];
            starts = new int[most][];
        }
        json.clear();
        firstTask = first;
        tasks = 0;
        valid = 0;
    }

    private static TensorColumn[] columns(Signature model) {
        return model.inputs().stream()
                .map(spec -> new TensorColumn(spec.type()))
                .toArray(TensorColumn[]::new);
    }

    TensorColumn column(int input) {
        return columns[input];
    }

    ByteBuilder json() {
        return json;
    }

    /** Begins a task, of which nothing is known yet. */
    void beginTask(long line) {
        lines[tasks] = line;
        failures[tasks] = null;
        Arrays.fill(echo, 4 * tasks, 4 * tasks + 4, -1);
        if (open) {
            shapes[tasks] = new long[columns.length][];
            int[] begin = new int[columns.length];
            for (int i = 0; i < begin.length; i++) {
                begin[i] = columns[i].count();
            }
            starts[tasks] = begin;
        }
    }

    void id(int from, int to) {
        echo[4 * tasks] = from;
        echo[4 * tasks + 1] = to;
    }

    void input(int from, int to) {
        echo[4 * tasks + 2] = from;
        echo[4 * tasks + 3] = to;
    }

    /** Notes the shape of a value where the model leaves it open. */
    void shape(int input, long[] shape) {
        if (open) {
            shapes[tasks][input] = shape;
        }
    }

    void endValid() {
        rows[valid++] = tasks++;
    }

    void endInvalid(TaskFailure failure) {
        failures[tasks++] = failure;
    }

    /** The index of the window's first task in the job. */
    public long firstTask() {
        return firstTask;
    }

    /** Tasks of the window. */
    public int size() {
        return tasks;
    }

    /** Why a task of the window can't go through the model; null where it can. */
    public @Nullable TaskFailure failure(int task) {
        return failures[task];
    }

    /** The line of the input where a task begins, from 1. */
    public long line(int task) {
        return lines[task];
    }

    /** Gives what the line of a task gives back of it. */
    public void echo(int task, EchoSink sink) {
        int at = 4 * task;
        sink.at(json.array(), echo[at], echo[at + 1], echo[at + 2], echo[at + 3]);
    }

    /** The valid tasks by shape, in order of first appearance; each alone where the model takes one a call. */
    public List<TaskGroup> groups() {
        if (valid == 0 || signature == null) {
            return List.of();
        }
        if (!signature.batched()) {
            List<TaskGroup> single = new ArrayList<>();
            for (int row = 0; row < valid; row++) {
                single.add(open ? gatheredGroup(new int[] {rows[row]}) : slicedGroup(row, row + 1));
            }
            return single;
        }
        return open ? byShape() : List.of(slicedGroup(0, valid));
    }

    private List<TaskGroup> byShape() {
        Map<List<List<Long>>, List<Integer>> groups = new LinkedHashMap<>();
        for (int row = 0; row < valid; row++) {
            groups.computeIfAbsent(key(rows[row]), shape -> new ArrayList<>()).add(rows[row]);
        }
        return groups.values().stream()
                .map(group ->
                        gatheredGroup(group.stream().mapToInt(Integer::intValue).toArray()))
                .toList();
    }

    private List<List<Long>> key(int task) {
        List<List<Long>> key = new ArrayList<>();
        for (long[] shape : shapes[task]) {
            key.add(Arrays.stream(shape).boxed().toList());
        }
        return key;
    }

    private TaskGroup slicedGroup(int from, int to) {
        return TaskGroup.sliced(signature(), columns, rows, from, to);
    }

    private TaskGroup gatheredGroup(int[] members) {
        return TaskGroup.gathered(signature(), columns, gathered, members, starts, shapes[members[0]]);
    }

    private Signature signature() {
        if (signature == null) {
            throw new IllegalStateException("nothing has been decoded");
        }
        return signature;
    }

    /** Lets go of the buffers. */
    @Override
    public void close() {
        columns = new TensorColumn[0];
        gathered = new TensorColumn[0];
        signature = null;
    }

    /** The shape of a task's values where the model leaves no axis open. */
    static long[] fixedShape(InputSpec spec) {
        return spec.taskShape().stream().mapToLong(Long::longValue).toArray();
    }
}
