package dev.modelmill.model.repository;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.ModelSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a {@code model.yml} says of one input. Stateless. */
final class InputReader {

    private static final String[] KEYS = {"columns", "field", "shape", "missing", "type"};
    private static final String[] TYPES =
            Arrays.stream(ElementType.values()).map(ElementType::label).toArray(String[]::new);

    private InputReader() {}

    /**
     * What is said of one input.
     *
     * @param typed whether the type has to be told, as the runtime doesn't know it
     */
    static ModelSettings.Input read(YamlValue input, boolean typed) {
        Map<String, YamlValue> keys = input.mapping(KEYS);
        if (keys.containsKey("columns") && keys.containsKey("field")) {
            throw keys.get("field").problem("say columns or field, not both");
        }
        InputSpec.Source source = new InputSpec.Source(
                field(keys.get("field")), columns(keys.get("columns")), missing(keys.get("missing")));
        return new ModelSettings.Input(source, shape(keys.get("shape")), type(keys.get("type"), typed));
    }

    private static @Nullable String field(@Nullable YamlValue value) {
        return value == null ? null : value.literal();
    }

    private static @Nullable List<String> columns(@Nullable YamlValue value) {
        if (value == null) {
            return null;
        }
        List<String> columns = new ArrayList<>();
        value.nonEmptyList().forEach(column -> columns.addAll(expand(column)));
        return List.copyOf(columns);
    }

    private static List<String> expand(YamlValue column) {
        try {
            return ColumnRange.expand(column.literal());
        } catch (IllegalArgumentException e) {
            throw column.expected(e.getMessage() + ",");
        }
    }

    /** YAML has spellings of its own for what a task calls NaN and Infinity. */
    private static @Nullable String missing(@Nullable YamlValue value) {
        String literal = value == null ? null : value.literal();
        return literal == null
                ? null
                : switch (literal) {
                    case ".nan", ".NaN", ".NAN" -> "NaN";
                    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> "Infinity";
                    case "-.inf", "-.Inf", "-.INF" -> "-Infinity";
                    default -> literal;
                };
    }

    /** Of a task's shape one axis at most can follow from the number of values. */
    private static @Nullable List<Long> shape(@Nullable YamlValue value) {
        if (value == null) {
            return null;
        }
        List<Long> shape = value.list().stream()
                .map(axis -> axis.whole(-1, Integer.MAX_VALUE))
                .toList();
        if (shape.contains(0L) || shape.stream().filter(axis -> axis < 0).count() > 1) {
            throw value.problem("expected axes of at least 1, one of them perhaps -1 for any length, got " + shape);
        }
        return shape;
    }

    private static @Nullable ElementType type(@Nullable YamlValue value, boolean typed) {
        if (value == null) {
            return null;
        }
        if (!typed) {
            throw value.problem("only a model of runtime: process is told its types; this one knows them");
        }
        String label = value.oneOf(TYPES);
        return ElementType.values()[Arrays.asList(TYPES).indexOf(label)];
    }
}
