package dev.modelmill.task.input;

import dev.modelmill.model.Signature;
import java.util.ArrayList;
import java.util.List;

/** What is shown of each task of an input. */
final class EchoedTasks {

    private EchoedTasks() {}

    static List<String> of(TaskInput input, Signature signature, Include include) {
        List<String> echoes = new ArrayList<>();
        try (TaskDecoder decoder = new TaskDecoder(input, TaskSchema.bind(input, signature), include);
                DecodedWindow window = new DecodedWindow(signature)) {
            decoder.openUncounted();
            while (decoder.next(window, 2)) {
                for (int task = 0; task < window.size(); task++) {
                    echoes.add(DecodedTasks.echo(window, task));
                }
            }
        }
        return echoes;
    }
}
