package dev.modelmill.task.output;

import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Outputs.Column;
import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.JsonText;
import java.util.Arrays;
import java.util.List;

/**
 * Writes what a model gave for a task as a line of results: {@code {"index":7,"id":"a","label":3}}. Makes no object per
 * value, and none per task where the outputs are tensors. Immutable and shared between threads.
 */
public final class ResultEncoder {

    /** For each output {@code ,"name":}. */
    private final byte[][] keys;

    /** An encoder for the outputs of a signature. */
    public ResultEncoder(List<OutputSpec> outputs) {
        keys = outputs.stream().map(ResultEncoder::key).toArray(byte[][]::new);
    }

    /**
     * Appends the line of one task.
     *
     * @param index the task's index
     * @param echo what the line gives back of the task
     * @param outputs the outputs of the call, a column for each output of the signature
     * @param row the task's place in the call
     * @param out what the line and its LF are appended to
     */
    public void encode(long index, TaskEcho echo, Outputs outputs, int row, ByteBuilder out) {
        echo.beginLine(out, index);
        List<Column> columns = outputs.columns();
        for (int i = 0; i < keys.length; i++) {
            out.append(keys[i]);
            append(out, columns.get(i), row);
        }
        echo.endLine(out);
    }

    private static void append(ByteBuilder out, Column column, int row) {
        if (column instanceof Column.OfTensor tensor) {
            TensorText.append(out, tensor.values(), tensor.taskShape(), row);
        } else if (column instanceof Column.OfObjects objects) {
            ObjectText.append(out, objects.values().get(row));
        }
    }

    private static byte[] key(OutputSpec output) {
        ByteBuilder key = new ByteBuilder(64);
        key.append((byte) ',');
        JsonText.appendString(key, output.resultName());
        key.append((byte) ':');
        return Arrays.copyOf(key.array(), key.length());
    }
}
