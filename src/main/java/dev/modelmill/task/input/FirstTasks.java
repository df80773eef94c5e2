package dev.modelmill.task.input;

import dev.modelmill.model.Signature;
import dev.modelmill.task.bytes.ByteBuilder;
import java.nio.charset.StandardCharsets;
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
     * @throws InputMismatchException if the input does not have what the model needs
     * @throws InputUnreadableException if it can't be read
     */
    public static List<Checked> of(TaskInput input, Signature signature, int most) {
        TaskSchema schema = TaskSchema.bind(input, signature);
        List<Checked> checked = new ArrayList<>();
        try (TaskDecoder decoder = new TaskDecoder(input, schema, Include.of(List.of("input")));
                DecodedWindow window = new DecodedWindow(signature)) {
            decoder.openUncounted();
            decoder.next(window, most);
            for (int task = 0; task < window.size(); task++) {
                checked.add(checked(window, task));
            }
        }
        return checked;
    }

    private static Checked checked(DecodedWindow window, int task) {
        ByteBuilder echo = new ByteBuilder(256);
        window.appendEcho(task, echo);
        String json = new String(echo.array(), 0, echo.length(), StandardCharsets.UTF_8);
        TaskFailure failure = window.failure(task);
        return new Checked(task, json.equals("null") ? null : json, failure == null ? null : failure.message());
    }
}
