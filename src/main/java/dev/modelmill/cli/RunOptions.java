package dev.modelmill.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a user says about a run. Filled by picocli, then only read. */
final class RunOptions {

    @Parameters(index = "0", paramLabel = "MODEL", description = "a model's name, its folder or an .onnx file")
    String model = "";

    @Parameters(index = "1", paramLabel = "INPUT", description = "the file of the tasks, or - for the standard input")
    String input = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUTPUT",
            description = "where to write the results, errors beside it; default: the standard output")
    @Nullable
    String output;

    @Option(names = "--workers", paramLabel = "N", description = "most workers at a time")
    @Nullable
    Integer workers;

    @Option(names = "--batch-size", paramLabel = "N", description = "tasks a call of the model")
    @Nullable
    Integer batchSize;

    @Option(
            names = "--max-errors",
            paramLabel = "X",
            description = "how many tasks may fail before the job does: 25 or 1%%; default 10%%")
    @Nullable
    String maxErrors;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "how the input is written: jsonl or csv; default: by its extension")
    @Nullable
    String format;

    @Option(
            names = "--include",
            paramLabel = "A,B",
            split = ",",
            description = "what to repeat of a task in its result: input for all of it, or fields")
    List<String> include = new ArrayList<>();

    @Option(names = "--json", description = "print the job at its end on the standard output; needs -o")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "neither progress nor logs")
    boolean quiet;

    /** Whether the tasks come through the standard input. */
    boolean readsStandardInput() {
        return input.equals("-");
    }

    /**
     * The request for the job, as {@code POST /jobs} would take it.
     *
     * @param modelName the model's name in the repository
     */
    Map<String, Object> request(String modelName) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", modelName);
        request.put("input", inputFields());
        put(request, "workers", workers);
        put(request, "batchSize", batchSize);
        put(request, "maxErrors", maxErrors);
        put(request, "include", include.isEmpty() ? null : include);
        put(request, "output", output == null ? null : Map.of("path", output, "overwrite", true));
        return request;
    }

    private Map<String, Object> inputFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "path", readsStandardInput() ? null : input);
        put(fields, "format", format);
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** What is wrong with the options taken together, or null. */
    @Nullable
    String fault() {
        if (json && output == null) {
            return "--json needs -o OUTPUT: without it the results go to the standard output";
        }
        if (readsStandardInput() && format == null) {
            return "the standard input has no extension: say --format jsonl or --format csv";
        }
        return null;
    }
}
