package dev.modelmill.task.input;

import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.task.bytes.ByteBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one window as a {@link TaskDecoder} read them: the values of those that are valid in a column per input,
 * and of every task its line, id, echo and what is wrong with it. Its buffers grow with the first windows and are reused
 * by the next, which ends the life of what this one has given out. Owned by one worker, used on its thread alone.
 */
public final class DecodedWindow implements AutoCloseable {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final Signature signature;
    private final TaskRows rows;
    private TensorColumn[] columns;
    private TensorColumn[] gathered;

    private final ByteBuilder ids = new ByteBuilder(256);
    private final ByteBuilder echoes = new ByteBuilder(256);
    private long firstTask;
    private int size;
    private long[] lines = new long[16];
    private int[] idEnds = new int[16];
    private int[] echoEnds = new int[16];
    private @Nullable TaskFailure[] failures = new TaskFailure[16];

    /** @param signature of the model whose tasks are decoded; the schema's */
    public DecodedWindow(Signature signature) {
        this.signature = signature;
        this.rows = new TaskRows(signature.inputs());
        this.columns = newColumns();
        this.gathered = newColumns();
    }

    /** Index of the first task, in the input. */
    public long firstTask() {
        return firstTask;
    }

    /** How many tasks there are, valid or not. */
    public int size() {
        return size;
    }

    /** The 1-based line in which a task begins; tasks count from 0 within the window. */
    public long line(int task) {
        return lines[task];
    }

    /** Why a task could not be decoded; null for a valid one. */
    public @Nullable TaskFailure failure(int task) {
        return failures[task];
    }

    /** Appends a task's id as JSON; {@code null} where it has none or it can't be told. */
    public void appendId(int task, ByteBuilder out) {
        appendOrNull(ids, idEnds, task, out);
    }

    /** Appends what was asked to be shown of a task as a JSON object; {@code null} where it can't be told. */
    public void appendEcho(int task, ByteBuilder out) {
        appendOrNull(echoes, echoEnds, task, out);
    }

    /**
     * The valid tasks, those of one shape together, in order of first appearance: what goes through the model in one call.
     * For a model that takes one task a call, each task alone.
     */
    public List<TaskGroup> groups() {
        List<int[]> found = signature.batched() ? rows.byShape() : rows.single();
        List<TaskGroup> groups = new ArrayList<>(found.size());
        found.forEach(group -> groups.add(new TaskGroup(this, group)));
        return groups;
    }

    /** Forgets tasks and buffers. Safe twice; the window can be filled again. */
    @Override
    public void close() {
        begin(0);
        columns = newColumns();
        gathered = newColumns();
    }

    Signature signature() {
        return signature;
    }

    TaskRows rows() {
        return rows;
    }

    TensorColumn column(int input) {
        return columns[input];
    }

    /** The column that values are copied to where the rows of a batch don't lie side by side. */
    TensorColumn gathered(int input) {
        return gathered[input];
    }

    /** Empties the window for the tasks from an index on. */
    void begin(long task) {
        firstTask = task;
        size = 0;
        ids.clear();
        echoes.clear();
        rows.clear();
        for (TensorColumn column : columns) {
            column.truncate(0);
        }
    }

    /** A task begins; it ends with {@link #accept} or {@link #reject}. */
    void beginTask(long line) {
        if (size == lines.length) {
            lines = Arrays.copyOf(lines, 2 * size);
            idEnds = Arrays.copyOf(idEnds, 2 * size);
            echoEnds = Arrays.copyOf(echoEnds, 2 * size);
            failures = Arrays.copyOf(failures, 2 * size);
        }
        lines[size] = line;
        rows.begin(columns);
    }

    /** Takes the id of the task that has begun, as JSON. */
    ByteBuilder id() {
        return ids;
    }

    /** Takes the echo of the task that has begun, as JSON. */
    ByteBuilder echo() {
        return echoes;
    }

    void setShape(int input, long[] shape) {
        rows.setShape(input, shape);
    }

    /** Takes back the values of the task that has begun. */
    void undoValues() {
        rows.undo(columns);
    }

    void accept() {
        rows.accept(size);
        end(null);
    }

    void reject(TaskFailure failure) {
        rows.undo(columns);
        end(failure);
    }

    private void end(@Nullable TaskFailure failure) {
        failures[size] = failure;
        idEnds[size] = ids.length();
        echoEnds[size] = echoes.length();
        size++;
    }

    private TensorColumn[] newColumns() {
        return signature.inputs().stream()
                .map(InputSpec::type)
                .map(TensorColumn::new)
                .toArray(TensorColumn[]::new);
    }

    private static void appendOrNull(ByteBuilder source, int[] ends, int task, ByteBuilder out) {
        int from = task == 0 ? 0 : ends[task - 1];
        if (from == ends[task]) {
            out.append(NULL);
        } else {
            out.append(source.array(), from, ends[task]);
        }
    }
}
