package dev.modelmill.task;

import dev.modelmill.model.Signature;
import dev.modelmill.task.input.TaskInput;
import java.util.List;

/**
 * How the tasks of a job go through its model: everything that decides the bytes of results and errors.
 *
 * @param input the plain file of the tasks
 * @param signature what the model takes and gives
 * @param batchSize tasks a window, at least 1
 * @param include what to repeat of a task: {@code input} for all of it, or names of fields
 */
public record TaskSettings(TaskInput input, Signature signature, int batchSize, List<String> include) {

    /** Copies the list. */
    public TaskSettings {
        include = List.copyOf(include);
    }
}
