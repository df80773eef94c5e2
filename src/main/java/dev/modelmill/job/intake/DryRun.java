package dev.modelmill.job.intake;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first tasks of an input checked against its model.
 *
 * @param tasks at most ten
 */
public record DryRun(List<Task> tasks) {

    /**
     * One task.
     *
     * @param index its position in the input
     * @param input the task as JSON; null where it can't be decoded
     * @param error why it would fail; null where it fits
     */
    public record Task(
            long index,
            @JsonRawValue @Nullable String input,
            @Nullable String error) {}
}
