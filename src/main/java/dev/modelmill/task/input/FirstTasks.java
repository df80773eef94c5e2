package dev.modelmill.task.input;

import dev.modelmill.model.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first tasks of an input checked against a model, without running it. */
public final class FirstTasks {

    private FirstTasks() {}

    /**
     * One task.
     *
     * @param index its position in the input
     * @param input the task as JSON; null where it can't be decoded
     * @param error why it would fail; null where it fits
     */
    public record Checked(
            long index, @Nullable String input, @Nullable String error) {}

    /**
     * Decodes the first tasks.
     *
     * @param most at most so many
     */
    public static List<Checked> of(TaskInput input, Signature signature, int most) throws IOException {
        TaskSchema schema = TaskSchema.of(input, signature);
        PartitionRange range = range(input, most);
        List<Checked> checked = new ArrayList<>();
        try (TaskDecoder decoder = new TaskDecoder(input, schema, signature, List.of("input"), range);
                DecodedWindow window = new DecodedWindow()) {
            decoder.next(window, most);
            for (int task = 0; task < window.size(); task++) {
                checked.add(checked(window, task));
            }
        }
        return checked;
    }

    /** The place of the first tasks in an input. */
    public static PartitionRange range(TaskInput input, int most) throws IOException {
        try (RecordReader reader = TaskSchema.openAtFirstTask(input, Files.size(input.file()))) {
            long offset = reader.offset();
            long line = reader.line();
            long count = 0;
            while (count < most && reader.next()) {
                count++;
            }
            return new PartitionRange(0, 0, count, offset, reader.offset() - offset, line, reader.crc());
        }
    }

    private static Checked checked(DecodedWindow window, int task) {
        String[] json = new String[1];
        window.echo(
                task,
                (bytes, idFrom, idTo, from, to) ->
                        json[0] = from < 0 ? null : new String(bytes, from, to - from, StandardCharsets.UTF_8));
        TaskFailure failure = window.failure(task);
        return new Checked(task, json[0], failure == null ? null : failure.message());
    }
}
