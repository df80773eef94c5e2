package dev.modelmill.job.intake;

import dev.modelmill.job.MaxErrors;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads single fields of a JSON object and gathers what is wrong with them; such a field is null. Used once. */
final class FieldReader {

    private static final int MAX_WORKERS = 10_000;

    private final Faults faults = new Faults();

    /** What is wrong with the fields that were read. */
    Faults faults() {
        return faults;
    }

    /** Most workers at a time. */
    @Nullable
    Integer workers(ObjectNode fields) {
        return whole(fields, "workers", "", 1, MAX_WORKERS);
    }

    /** Which of the waiting jobs goes first. */
    @Nullable
    Integer priority(ObjectNode fields) {
        return whole(fields, "priority", "", 0, 9);
    }

    /** The errors to bear, as a count or a percentage. */
    @Nullable
    String maxErrors(ObjectNode fields) {
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

    @Nullable
    ObjectNode object(ObjectNode fields, String name) {
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

    @Nullable
    String text(ObjectNode parent, String name, String pointer) {
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

    @Nullable
    Integer whole(ObjectNode parent, String name, String pointer, int least, int most) {
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

    void known(ObjectNode parent, Set<String> names, String pointer) {
        for (String name : parent.propertyNames()) {
            if (!names.contains(name)) {
                faults.add(
                        pointer + "/" + escaped(name),
                        "there is no field \"" + name + "\"; the fields are "
                                + String.join(", ", names.stream().sorted().toList()));
            }
        }
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
