package dev.modelmill.task.input;

import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of an input become the inputs of a model, found out before anything runs. Immutable.
 *
 * @param bindings one per input of the model, in its order
 * @param columns the header of a CSV file; empty for JSONL
 * @param idColumn the position of the id among the columns, or -1
 */
public record TaskSchema(List<Binding> bindings, List<String> columns, int idColumn) {

    private static final int SHOWN = 8;

    /**
     * Where the values of one input come from.
     *
     * @param spec the input
     * @param fields the names of the fields; one that holds the whole value, or one per value
     * @param positions the same as positions among the columns of CSV; empty for JSONL
     * @param whole whether the one field holds the whole value
     */
    record Binding(InputSpec spec, List<String> fields, int[] positions, boolean whole) {

        @Nullable
        String missing() {
            return spec.source().missing();
        }
    }

    /**
     * Binds an input to a model; reads the header of a CSV file.
     *
     * @throws InputMismatchException if columns are missing or too many, naming them
     * @throws InputUnreadableException if the header can't be read
     */
    public static TaskSchema of(TaskInput input, Signature signature) throws IOException {
        List<String> columns = input.format() == TaskFormat.CSV ? header(input) : List.of();
        return new Binder(input, columns).bind(signature);
    }

    /** The columns of a CSV file; none where it is empty. */
    static List<String> header(TaskInput input) throws IOException {
        try (RecordReader reader = new RecordReader(input, 0, Files.size(input.file()), 1)) {
            reader.skipByteOrderMark();
            return header(input, reader);
        }
    }

    private static List<String> header(TaskInput input, RecordReader reader) throws IOException {
        List<String> columns = new ArrayList<>();
        if (reader.next()) {
            if (reader.tooLarge()) {
                throw new InputUnreadableException("line 1: the header is too long");
            }
            CsvFields fields = new CsvFields(input.delimiter());
            fields.split(reader.array(), reader.from(), reader.to());
            for (int i = 0; i < fields.count(); i++) {
                columns.add(fields.text(i));
            }
        }
        return columns;
    }

    /** Opens an input where its first task begins, behind the byte order mark and the header. */
    static RecordReader openAtFirstTask(TaskInput input, long size) throws IOException {
        RecordReader reader = new RecordReader(input, 0, size, 1);
        try {
            reader.skipByteOrderMark();
            if (input.format() == TaskFormat.CSV) {
                reader.blankIsRecord(header(input, reader).size() == 1);
            }
            reader.seek(reader.offset(), reader.line());
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Binds the inputs of one signature to the columns of one file. */
    private static final class Binder {

        private final TaskInput input;
        private final List<String> columns;
        private final Map<String, Integer> positions = new HashMap<>();

        Binder(TaskInput input, List<String> columns) {
            this.input = input;
            this.columns = columns;
            for (int i = 0; i < columns.size(); i++) {
                if (positions.put(columns.get(i), i) != null) {
                    throw new InputMismatchException("the file has two columns \"" + columns.get(i) + "\"");
                }
            }
        }

        TaskSchema bind(Signature signature) {
            List<Binding> bindings = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            boolean only = signature.inputs().size() == 1;
            for (InputSpec spec : signature.inputs()) {
                Binding binding = csv() ? column(spec, only, missing) : field(spec);
                bindings.add(binding);
                checkCount(binding);
            }
            if (csv() && !columns.isEmpty() && !missing.isEmpty()) {
                throw new InputMismatchException("the file has no " + (missing.size() == 1 ? "column " : "columns ")
                        + shown(missing) + "; its columns are " + shown(columns));
            }
            return new TaskSchema(bindings, columns, positions.getOrDefault(input.idField(), -1));
        }

        private boolean csv() {
            return input.format() == TaskFormat.CSV;
        }

        private Binding field(InputSpec spec) {
            List<String> named = spec.source().columns();
            String field =
                    spec.source().field() == null ? spec.name() : spec.source().field();
            return named == null
                    ? new Binding(spec, List.of(field), new int[0], true)
                    : new Binding(spec, named, new int[0], false);
        }

        private Binding column(InputSpec spec, boolean only, List<String> missing) {
            InputSpec.Source source = spec.source();
            if (source.columns() == null && source.field() == null && only && !positions.containsKey(spec.name())) {
                List<String> others = columns.stream()
                        .filter(column -> !column.equals(input.idField()))
                        .toList();
                return new Binding(spec, others, at(others, missing), false);
            }
            Binding binding = field(spec);
            return new Binding(spec, binding.fields(), at(binding.fields(), missing), binding.whole());
        }

        private int[] at(List<String> names, List<String> missing) {
            int[] found = new int[names.size()];
            for (int i = 0; i < found.length; i++) {
                Integer position = positions.get(names.get(i));
                if (position == null) {
                    missing.add(names.get(i));
                } else {
                    found[i] = position;
                }
            }
            return found;
        }

        private void checkCount(Binding binding) {
            long needed = binding.spec().elementsPerTask();
            if (binding.whole() || needed < 0 || needed == binding.fields().size() || (csv() && columns.isEmpty())) {
                return;
            }
            String name = binding.spec().name();
            String beside = positions.containsKey(input.idField()) ? " beside \"" + input.idField() + "\"" : "";
            String what = binding.spec().source().columns() == null
                    ? "the file has " + binding.fields().size() + beside
                    : "its columns in model.yml are " + binding.fields().size();
            throw new InputMismatchException(name + ": needs " + needed + " columns, " + what
                    + "; name the right ones under inputs." + name + ".columns in model.yml, or change the file");
        }

        private static String shown(List<String> names) {
            String all = String.join(
                    ", ",
                    names.stream().limit(SHOWN).map(name -> "\"" + name + "\"").toList());
            return names.size() <= SHOWN ? all : all + ", … (" + names.size() + " in all)";
        }
    }
}
