package dev.modelmill.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modelmill.task.input.TaskFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for: one model applied to one input. Values are checked one by one; whether they fit together with the
 * model and the file is seen when the job is taken in.
 *
 * @param model the model, {@code digits} or {@code digits:2}
 * @param input where the tasks are; null for an upload that says nothing more
 * @param workers most workers at a time; null: as many as the model may have
 * @param batchSize tasks a call; null: the model's
 * @param maxErrors a count or a percentage; null: {@code 10%}
 * @param include what of a task to repeat in its result: {@code input} for all of it, or names of fields
 * @param output where to write results when the job has completed; null: nowhere
 * @param priority 0 to 9; null: 5
 * @param labels names and values for the user's own use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobRequest(
        String model,
        @Nullable Input input,
        @Nullable Integer workers,
        @Nullable Integer batchSize,
        @Nullable String maxErrors,
        @Nullable List<String> include,
        @Nullable Output output,
        @Nullable Integer priority,
        @Nullable Map<String, String> labels) {

    /** The priority of a job that names none. */
    public static final int DEFAULT_PRIORITY = 5;

    /** The share of errors that a job bears that names none. */
    public static final String DEFAULT_MAX_ERRORS = "10%";

    /**
     * Where the tasks are.
     *
     * @param path a file under one of the input roots; null for tasks that come with the request
     * @param format how they are written; null: by the file's extension
     * @param delimiter between the fields of CSV; null: a comma
     * @param id the field or column that holds a task's id; null: {@code id}
     * @param tasks how many tasks came inline; null: none did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Input(
            @Nullable String path,
            @Nullable TaskFormat format,
            @Nullable String delimiter,
            @Nullable String id,
            @Nullable Long tasks) {

        /** The input of an upload that says nothing more. */
        public static final Input UPLOAD = new Input(null, null, null, null, null);
    }

    /**
     * Where to write results when the job has completed.
     *
     * @param path a file under one of the output roots
     * @param format {@code jsonl} or {@code csv}; null: by the extension, else {@code jsonl}
     * @param overwrite whether a file that is there already may be replaced; null: no
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Output(
            String path,
            @Nullable TaskFormat format,
            @Nullable Boolean overwrite) {}

    /** The priority to go by. */
    public int effectivePriority() {
        return priority == null ? DEFAULT_PRIORITY : priority;
    }

    /** The errors to bear. */
    public MaxErrors effectiveMaxErrors() {
        return MaxErrors.parse(maxErrors == null ? DEFAULT_MAX_ERRORS : maxErrors);
    }

    /** What to repeat of a task, nothing by default. */
    public List<String> effectiveInclude() {
        return include == null ? List.of() : include;
    }

    /** The user's labels, none by default. */
    public Map<String, String> effectiveLabels() {
        return labels == null ? Map.of() : labels;
    }
}
