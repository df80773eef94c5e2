package dev.modelmill.task.input;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.modelmill.model.Tensor;
import dev.modelmill.task.bytes.ByteBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** Describes the tasks of a window as text, one by one: {@code 7@9 "a" x[2]=1.0,2.0} or {@code 8@10 null !message}. */
final class DecodedTasks {

    private DecodedTasks() {}

    static List<String> of(DecodedWindow window) {
        String[] values = new String[window.size()];
        for (TaskGroup group : window.groups()) {
            for (int row = 0; row < group.size(); row++) {
                values[group.task(row)] = values(group.batch(row, row + 1).inputs());
            }
        }
        List<String> tasks = new ArrayList<>();
        for (int task = 0; task < values.length; task++) {
            TaskFailure failure = window.failure(task);
            String outcome = failure == null ? values[task] : "!" + failure.message();
            tasks.add((window.firstTask() + task) + "@" + window.line(task) + " " + id(window, task) + " " + outcome);
        }
        return tasks;
    }

    static String id(DecodedWindow window, int task) {
        ByteBuilder out = new ByteBuilder(16);
        window.appendId(task, out);
        return text(out);
    }

    static String echo(DecodedWindow window, int task) {
        ByteBuilder out = new ByteBuilder(16);
        window.appendEcho(task, out);
        return text(out);
    }

    static String values(List<Tensor> tensors) {
        StringJoiner all = new StringJoiner(" ");
        for (Tensor tensor : tensors) {
            all.add(tensor.name() + Arrays.toString(tensor.shape()).replace(" ", "") + "=" + values(tensor));
        }
        return all.toString();
    }

    static String values(Tensor tensor) {
        StringJoiner values = new StringJoiner(",");
        for (int index = 0; index < tensor.elements(); index++) {
            values.add(value(tensor, index));
        }
        return values.toString();
    }

    private static String value(Tensor tensor, int index) {
        ByteBuffer data = tensor.data();
        int at = index * tensor.type().bytes();
        return switch (tensor.type()) {
            case FLOAT32 -> Float.toString(data.getFloat(at));
            case FLOAT64 -> Double.toString(data.getDouble(at));
            case FLOAT16 -> Float.toString(Fp16Conversions.mlasFp16ToFloat(data.getShort(at)));
            case INT8 -> Byte.toString(data.get(at));
            case INT16 -> Short.toString(data.getShort(at));
            case INT32 -> Integer.toString(data.getInt(at));
            case INT64 -> Long.toString(data.getLong(at));
            case UINT8 -> Integer.toString(data.get(at) & 0xFF);
            case BOOL -> data.get(at) == 0 ? "false" : data.get(at) == 1 ? "true" : "neither";
            case STRING -> "'" + tensor.strings()[index] + "'";
        };
    }

    private static String text(ByteBuilder out) {
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
