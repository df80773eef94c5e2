package dev.modelmill.task.output;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Outputs of a call, made by hand. */
final class TestOutputs implements Outputs {

    private final int size;
    private final List<Column> columns = new ArrayList<>();

    private TestOutputs(int size) {
        this.size = size;
    }

    static TestOutputs of(int size) {
        return new TestOutputs(size);
    }

    TestOutputs floats(String name, long[] taskShape, float... values) {
        return tensor(name, ElementType.FLOAT32, taskShape, buffer -> {
            for (float value : values) {
                buffer.putFloat(value);
            }
        });
    }

    TestOutputs longs(String name, long[] taskShape, long... values) {
        return tensor(name, ElementType.INT64, taskShape, buffer -> {
            for (long value : values) {
                buffer.putLong(value);
            }
        });
    }

    TestOutputs strings(String name, long[] taskShape, String... values) {
        return add(name, ElementType.STRING, taskShape, null, values);
    }

    TestOutputs tensor(String name, ElementType type, long[] taskShape, Consumer<ByteBuffer> values) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
        values.accept(buffer);
        return add(name, type, taskShape, buffer.flip(), null);
    }

    TestOutputs objects(String name, Object... values) {
        columns.add(new Column.OfObjects(new OutputSpec(name, name, "map", null, null), List.of(values)));
        return this;
    }

    TestOutputs add(
            String name, ElementType type, long[] taskShape, @Nullable ByteBuffer data, String @Nullable [] strings) {
        OutputSpec output = new OutputSpec("model's " + name, name, type.label(), type, null);
        long[] shape = new long[taskShape.length + 1];
        shape[0] = size;
        System.arraycopy(taskShape, 0, shape, 1, taskShape.length);
        columns.add(new Column.OfTensor(output, taskShape, new Tensor(name, type, shape, data, strings)));
        return this;
    }

    List<OutputSpec> specs() {
        return columns.stream().map(Column::output).toList();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void close() {}
}
