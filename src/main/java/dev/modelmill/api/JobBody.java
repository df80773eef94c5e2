package dev.modelmill.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /jobs} as OpenAPI shows it; never made, for bodies are read as streams. */
@Schema(description = "One model applied to one input")
record JobBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "digits", description = "NAME or NAME:VERSION")
        String model,

        @Nullable Input input,

        @Schema(minimum = "1", description = "Most workers at a time") @Nullable
        Integer workers,

        @Schema(minimum = "1", description = "Tasks a call") @Nullable
        Integer batchSize,

        @Schema(
                types = {"string", "integer"},
                example = "1%",
                description = "A count or a percentage; default 10%")
        @Nullable
        String maxErrors,

        @Schema(description = "What of a task to repeat in its result: \"input\" or names of fields") @Nullable
        List<String> include,

        @Nullable Output output,

        @Schema(minimum = "0", maximum = "9", defaultValue = "5") @Nullable
        Integer priority,

        @Nullable Map<String, String> labels) {

    /** Where the tasks are: a path, or the tasks themselves. */
    record Input(
            @Schema(example = "examples/digits.csv") @Nullable
            String path,

            @Schema(allowableValues = {"jsonl", "csv"}) @Nullable
            String format,

            @Nullable String delimiter,

            @Schema(description = "The field or column of a task's id") @Nullable
            String id,

            @Nullable List<Map<String, Object>> tasks) {}

    /** Where to write results at the end. */
    record Output(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "output/digits.jsonl")
            String path,

            @Schema(allowableValues = {"jsonl", "csv"}) @Nullable
            String format,

            @Nullable Boolean overwrite) {}
}
