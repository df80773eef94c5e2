package dev.modelmill.job.intake;

import dev.modelmill.job.JobRequest;
import dev.modelmill.model.ModelReference;
import dev.modelmill.task.input.TaskFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a request, each checked for its type and range. Used once. */
final class JobRequestFields {

    private static final Set<String> FIELDS =
            Set.of("model", "input", "workers", "batchSize", "maxErrors", "include", "output", "priority", "labels");
    private static final Set<String> INPUT_FIELDS = Set.of("path", "format", "delimiter", "id", "tasks");
    private static final Set<String> OUTPUT_FIELDS = Set.of("path", "format", "overwrite");
    private static final int MAX_BATCH_SIZE = 65_536;
    private static final int MAX_LABELS = 64;
    private static final int MAX_LABEL_LENGTH = 256;

    private final ObjectNode fields;
    private final FieldReader reader = new FieldReader();
    private final Faults faults = reader.faults();

    JobRequestFields(ObjectNode fields) {
        this.fields = fields;
    }

    /** The request, or a rejection that names every field at fault. */
    JobRequest request() {
        reader.known(fields, FIELDS, "");
        String model = model();
        JobRequest request = new JobRequest(
                model,
                input(),
                reader.workers(fields),
                reader.whole(fields, "batchSize", "", 1, MAX_BATCH_SIZE),
                reader.maxErrors(fields),
                include(),
                output(),
                reader.priority(fields),
                labels());
        faults.throwIfAny();
        return request;
    }

    private String model() {
        String model = reader.text(fields, "model", "");
        if (model == null) {
            if (!fields.has("model") || fields.get("model").isNull()) {
                faults.add("/model", "a job needs a model: {\"model\": \"NAME\"}");
            }
            return "";
        }
        try {
            ModelReference.parse(model);
        } catch (IllegalArgumentException e) {
            faults.add("/model", String.valueOf(e.getMessage()));
        }
        return model;
    }

    private JobRequest.@Nullable Input input() {
        ObjectNode input = reader.object(fields, "input");
        if (input == null) {
            return null;
        }
        reader.known(input, INPUT_FIELDS, "/input");
        String delimiter = reader.text(input, "delimiter", "/input");
        if (delimiter != null && !delimiter.matches("[\\t\\x20-\\x7e&&[^\"]]")) {
            faults.add(
                    "/input/delimiter", "expected one ASCII character other than a quote, got \"" + delimiter + "\"");
        }
        JsonNode tasks = input.get("tasks");
        if (tasks != null && !tasks.isIntegralNumber()) {
            faults.add("/input/tasks", "expected an array of tasks");
        }
        String path = reader.text(input, "path", "/input");
        if (path != null && tasks != null) {
            faults.add("/input", "name a path or give tasks, not both");
        }
        return new JobRequest.Input(
                path,
                format(input, "/input"),
                delimiter,
                reader.text(input, "id", "/input"),
                tasks != null && tasks.isIntegralNumber() ? tasks.longValue() : null);
    }

    private JobRequest.@Nullable Output output() {
        ObjectNode output = reader.object(fields, "output");
        if (output == null) {
            return null;
        }
        reader.known(output, OUTPUT_FIELDS, "/output");
        String path = reader.text(output, "path", "/output");
        if (path == null || path.isBlank()) {
            faults.add("/output/path", "an output needs a path");
            path = "";
        }
        JsonNode overwrite = output.get("overwrite");
        if (overwrite != null && !overwrite.isBoolean() && !overwrite.isNull()) {
            faults.add("/output/overwrite", "expected true or false, got " + FieldReader.shown(overwrite));
        }
        return new JobRequest.Output(
                path,
                format(output, "/output"),
                overwrite != null && overwrite.isBoolean() ? overwrite.booleanValue() : null);
    }

    private @Nullable TaskFormat format(ObjectNode parent, String pointer) {
        String name = reader.text(parent, "format", pointer);
        if (name == null) {
            return null;
        }
        for (TaskFormat format : TaskFormat.values()) {
            if (format.label().equals(name)) {
                return format;
            }
        }
        faults.add(pointer + "/format", "expected \"jsonl\" or \"csv\", got \"" + name + "\"");
        return null;
    }

    private @Nullable List<String> include() {
        JsonNode value = fields.get("include");
        if (value == null || value.isNull()) {
            return null;
        }
        List<String> names = new ArrayList<>();
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                if (value.get(i).isString()) {
                    names.add(value.get(i).stringValue());
                } else {
                    faults.add(
                            "/include/" + i,
                            "expected \"input\" or the name of a field, got " + FieldReader.shown(value.get(i)));
                }
            }
        } else {
            faults.add("/include", "expected an array like [\"input\"], got " + FieldReader.shown(value));
        }
        return names;
    }

    private @Nullable Map<String, String> labels() {
        ObjectNode value = reader.object(fields, "labels");
        if (value == null) {
            return null;
        }
        if (value.size() > MAX_LABELS) {
            faults.add("/labels", "at most " + MAX_LABELS + " labels, got " + value.size());
        }
        Map<String, String> labels = new LinkedHashMap<>();
        value.properties().forEach(label -> {
            String pointer = "/labels/" + FieldReader.escaped(label.getKey());
            if (!label.getValue().isString()) {
                faults.add(pointer, "expected a string, got " + FieldReader.shown(label.getValue()));
            } else if (label.getKey().length() > MAX_LABEL_LENGTH
                    || label.getValue().stringValue().length() > MAX_LABEL_LENGTH) {
                faults.add(pointer, "names and values of labels have at most " + MAX_LABEL_LENGTH + " characters");
            } else {
                labels.put(label.getKey(), label.getValue().stringValue());
            }
        });
        return labels;
    }
}
