package dev.modelmill.task.input;

import dev.modelmill.model.InputSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides for each input of a model which fields or columns of a file it is read from, and says what does not fit. */
final class SchemaBinder {

    private static final String DEFAULT_ID = "id";

    private final TaskFormat format;
    private final char delimiter;
    private final String idField;
    private final List<String> columns;
    private final List<InputSpec> inputs;

    SchemaBinder(TaskFormat format, char delimiter, String idField, List<String> columns, List<InputSpec> inputs) {
        this.format = format;
        this.delimiter = delimiter;
        this.idField = idField;
        this.columns = columns;
        this.inputs = inputs;
    }

    List<InputBinding> bind() {
        inputs.forEach(SchemaBinder::requireValidMissing);
        if (format == TaskFormat.CSV && columns.isEmpty()) {
            return List.of();
        }
        List<InputBinding> bindings =
                inputs.stream().map(spec -> bind(spec, fields(spec))).toList();
        if (format == TaskFormat.CSV) {
            requireDistinctColumns();
            requireColumns(bindings);
        }
        bindings.forEach(this::requireCount);
        return bindings;
    }

    private InputBinding bind(InputSpec spec, List<String> fields) {
        int[] positions = format == TaskFormat.JSONL
                ? new int[0]
                : fields.stream().mapToInt(columns::indexOf).toArray();
        return new InputBinding(spec, fields, positions);
    }

    private List<String> fields(InputSpec spec) {
        InputSpec.Source source = spec.source();
        if (source.columns() != null) {
            return source.columns();
        }
        if (source.field() != null) {
            return List.of(source.field());
        }
        return takesTheRest(spec) ? columnsOtherThanId() : List.of(spec.name());
    }

    private boolean takesTheRest(InputSpec spec) {
        return format == TaskFormat.CSV
                && inputs.size() == 1
                && spec.source().columns() == null
                && spec.source().field() == null
                && !columns.contains(spec.name());
    }

    private List<String> columnsOtherThanId() {
        return columns.stream().filter(column -> !column.equals(idField)).toList();
    }

    private void requireDistinctColumns() {
        Set<String> seen = new HashSet<>();
        List<String> twice =
                columns.stream().filter(column -> !seen.add(column)).distinct().toList();
        if (!twice.isEmpty()) {
            throw new InputMismatchException("the header line names a column more than once: " + Excerpt.of(twice));
        }
    }

    private void requireColumns(List<InputBinding> bindings) {
        Set<String> present = new HashSet<>(columns);
        List<String> wanted = new ArrayList<>();
        bindings.forEach(binding -> wanted.addAll(binding.fields()));
        if (!idField.equals(DEFAULT_ID)) {
            wanted.add(idField);
        }
        List<String> missing = wanted.stream()
                .filter(name -> !present.contains(name))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new InputMismatchException("the file has no column" + (missing.size() == 1 ? " " : "s ")
                    + Excerpt.of(missing) + "; its columns are " + Excerpt.of(columns) + delimiterHint());
        }
    }

    private void requireCount(InputBinding binding) {
        InputSpec spec = binding.spec();
        int count = binding.fields().size();
        if (takesTheRest(spec)) {
            requireCountOfTheRest(spec, count);
        } else if (count != 1 && !fits(spec, count)) {
            throw new InputMismatchException(spec.name() + ": model.yml names " + count + " columns, the model takes "
                    + needs(spec) + "; correct `columns` or `shape`");
        }
    }

    private void requireCountOfTheRest(InputSpec spec, int count) {
        if (count == 0 || !fits(spec, count)) {
            throw new InputMismatchException(
                    spec.name() + ": needs " + needs(spec) + ", the file has " + count + besideId() + delimiterHint()
                            + "; name them with `columns` in model.yml if others are not for it");
        }
    }

    private static boolean fits(InputSpec spec, int count) {
        long elements = spec.elementsPerTask();
        return elements >= 0 ? count == elements : dynamicAxes(spec) == 1 && count % fixedElements(spec) == 0;
    }

    private static String needs(InputSpec spec) {
        long elements = spec.elementsPerTask();
        if (elements >= 0) {
            return elements + (elements == 1 ? " column" : " columns");
        }
        return dynamicAxes(spec) == 1
                ? "a multiple of " + fixedElements(spec) + " columns"
                : "nested values, which columns can't hold, unless `shape` in model.yml fixes all axes but one,";
    }

    private static long dynamicAxes(InputSpec spec) {
        return spec.taskShape().stream().filter(axis -> axis < 0).count();
    }

    private static long fixedElements(InputSpec spec) {
        long elements = spec.taskShape().stream().filter(axis -> axis >= 0).reduce(1L, Math::multiplyExact);
        return Math.max(1, elements);
    }

    private String besideId() {
        return columns.contains(idField) ? " beside " + Excerpt.of(idField) : "";
    }

    private String delimiterHint() {
        boolean suspicious = columns.size() == 1
                && columns.get(0)
                        .chars()
                        .anyMatch(character -> character != delimiter && ";,\t|".indexOf(character) >= 0);
        return suspicious ? "; is `input.delimiter` right?" : "";
    }

    private static void requireValidMissing(InputSpec spec) {
        String literal = spec.source().missing();
        if (literal == null) {
            return;
        }
        byte[] text = literal.getBytes(StandardCharsets.UTF_8);
        try {
            ValueParser parser = ValueParser.of(spec.type());
            if (text.length == 0 && !parser.takesAnyText()) {
                throw new InvalidTaskException("it is empty");
            }
            parser.addText(text, 0, text.length, new TensorColumn(spec.type()));
        } catch (InvalidTaskException invalid) {
            throw new InputMismatchException(spec.name() + ": `missing` in model.yml is no "
                    + spec.type().label() + ": " + invalid.getMessage());
        }
    }
}
