package dev.modelmill.job.intake;

import dev.modelmill.job.JobRequest;
import dev.modelmill.job.MaxErrors;
import dev.modelmill.job.intake.JobRequestReader.Faults;
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
    private static final int MAX_WORKERS = 10_000;
    private static final int MAX_BATCH_SIZE = 65_536;
    private static final int MAX_LABELS = 64;
    private static final int MAX_LABEL_LENGTH = 256;

    private final ObjectNode fields;
    private final Faults faults = new Faults();

    JobRequestFields(ObjectNode fields) {
        this.fields = fields;
    }

    /** The request, or a rejection that names every field at fault. */
    JobRequest request() {
        known(fields, FIELDS, "");
        String model = model();
        JobRequest request = new JobRequest(
                model,
                input(),
                whole(fields, "workers", "", 1, MAX_WORKERS),
                whole(fields, "batchSize", "", 1, MAX_BATCH_SIZE),
                maxErrors(),
                include(),
                output(),
                whole(fields, "priority", "", 0, 9),
                labels());
        faults.throwIfAny();
        return request;
    }

    private String model() {
        String model = text(fields, "model", "");
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
        ObjectNode input = object("input");
        if (input == null) {
            return null;
        }
        known(input, INPUT_FIELDS, "/input");
        String delimiter = text(input, "delimiter", "/input");
        if (delimiter != null && !delimiter.matches("[\\t\\x20-\\x7e&&[^\"]]")) {
            faults.add(
                    "/input/delimiter", "expected one ASCII character other than a quote, got \"" + delimiter + "\"");
        }
        JsonNode tasks = input.get("tasks");
        if (tasks != null && !tasks.isIntegralNumber()) {
            faults.add("/input/tasks", "expected an array of tasks");
        }
        String path = text(input, "path", "/input");
        if (path != null && tasks != null) {
            faults.add("/input", "name a path or give tasks, not both");
        }
        return new JobRequest.Input(
                path,
                format(input, "/input"),
                delimiter,
                text(input, "id", "/input"),
                tasks != null && tasks.isIntegralNumber() ? tasks.longValue() : null);
    }

    private JobRequest.@Nullable Output output() {
        ObjectNode output = object("output");
        if (output == null) {
            return null;
        }
        known(output, OUTPUT_FIELDS, "/output");
        String path = text(output, "path", "/output");
        if (path == null || path.isBlank()) {
            faults.add("/output/path", "an output needs a path");
            path = "";
        }
        JsonNode overwrite = output.get("overwrite");
        if (overwrite != null && !overwrite.isBoolean() && !overwrite.isNull()) {
            faults.add("/output/overwrite", "expected true or false, got " + shown(overwrite));
        }
        return new JobRequest.Output(
                path,
                format(output, "/output"),
                overwrite != null && overwrite.isBoolean() ? overwrite.booleanValue() : null);
    }

    private @Nullable TaskFormat format(ObjectNode parent, String pointer) {
        String name = text(parent, "format", pointer);
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

    private @Nullable String maxErrors() {
        JsonNode value = fields.get("maxErrors");
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() && !value.isString()) {
            faults.add("/maxErrors", "expected a count like 25 or a percentage like \"1%\", got " + shown(value));
            return null;
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        try {
            return MaxErrors.parse(text).toString();
        } catch (IllegalArgumentException e) {
            faults.add("/maxErrors", String.valueOf(e.getMessage()));
            return null;
        }
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
                            "/include/" + i, "expected \"input\" or the name of a field, got " + shown(value.get(i)));
                }
            }
        } else {
            faults.add("/include", "expected an array like [\"input\"], got " + shown(value));
        }
        return names;
    }

    private @Nullable Map<String, String> labels() {
        ObjectNode value = object("labels");
        if (value == null) {
            return null;
        }
        if (value.size() > MAX_LABELS) {
            faults.add("/labels", "at most " + MAX_LABELS + " labels, got " + value.size());
        }
        Map<String, String> labels = new LinkedHashMap<>();
        value.properties().forEach(label -> {
            String pointer = "/labels/" + escaped(label.getKey());
            if (!label.getValue().isString()) {
                faults.add(pointer, "expected a string, got " + shown(label.getValue()));
            } else if (label.getKey().length() > MAX_LABEL_LENGTH
                    || label.getValue().stringValue().length() > MAX_LABEL_LENGTH) {
                faults.add(pointer, "names and values of labels have at most " + MAX_LABEL_LENGTH + " characters");
            } else {
                labels.put(label.getKey(), label.getValue().stringValue());
            }
        });
        return labels;
    }

    private @Nullable ObjectNode object(String name) {
        JsonNode value = fields.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        faults.add("/" + name, "expected an object, got " + shown(value));
        return null;
    }

    private @Nullable String text(ObjectNode parent, String name, String pointer) {
        JsonNode value = parent.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            faults.add(pointer + "/" + name, "expected a string, got " + shown(value));
            return null;
        }
        return value.stringValue();
    }

    private @Nullable Integer whole(ObjectNode parent, String name, String pointer, int least, int most) {
        JsonNode value = parent.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            faults.add(
                    pointer + "/" + name,
                    "expected a whole number from " + least + " to " + most + ", got " + shown(value));
            return null;
        }
        return value.intValue();
    }

    private void known(ObjectNode parent, Set<String> names, String pointer) {
        for (String name : parent.propertyNames()) {
            if (!names.contains(name)) {
                faults.add(
                        pointer + "/" + escaped(name),
                        "there is no field \"" + name + "\"; the fields are "
                                + String.join(", ", names.stream().sorted().toList()));
            }
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
