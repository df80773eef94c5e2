package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.JsonText;
import dev.modelmill.task.input.TaskSchema.Binding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes records of CSV: cells straight into the columns. */
final class CsvDecoder implements RecordDecoder {

    private final TaskSchema schema;
    private final Include include;
    private final CsvFields fields;
    private final JsonValues json = new JsonValues();
    private final Binding[] bindings;
    private final byte @Nullable [][] missing;

    CsvDecoder(TaskInput input, TaskSchema schema, Include include) {
        this.schema = schema;
        this.include = include;
        this.fields = new CsvFields(input.delimiter());
        this.bindings = schema.bindings().toArray(Binding[]::new);
        this.missing = new byte[bindings.length][];
        for (int i = 0; i < bindings.length; i++) {
            String literal = bindings[i].missing();
            missing[i] = literal == null ? null : literal.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void decode(byte[] array, int from, int to, DecodedWindow window) {
        fields.split(array, from, to);
        echo(window);
        if (fields.count() != schema.columns().size()) {
            throw new InvalidTaskException("expected " + schema.columns().size() + " fields, got " + fields.count());
        }
        for (int input = 0; input < bindings.length; input++) {
            add(input, window);
        }
    }

    private void add(int input, DecodedWindow window) {
        Binding binding = bindings[input];
        TensorColumn column = window.column(input);
        int[] positions = binding.positions();
        int at = 0;
        try {
            if (binding.whole() && isArray(positions[0])) {
                int field = positions[0];
                window.shape(
                        input,
                        json.add(
                                column,
                                binding.spec().taskShape(),
                                fields.array(field),
                                fields.from(field),
                                fields.to(field)));
                return;
            }
            for (; at < positions.length; at++) {
                addCell(column, positions[at], missing[input]);
            }
            at = -1;
            checkShape(binding.spec(), input, positions.length, window);
        } catch (InvalidTaskException e) {
            boolean one = at < 0 || binding.whole();
            throw new InvalidTaskException(
                    (one ? binding.spec().name() : binding.fields().get(at)) + ": " + e.getMessage());
        }
    }

    private static void checkShape(InputSpec spec, int input, int count, DecodedWindow window) {
        if (spec.elementsPerTask() != count) {
            window.shape(input, JsonValues.flat(spec.taskShape(), count));
        } else {
            window.shape(input, DecodedWindow.fixedShape(spec));
        }
    }

    private boolean isArray(int field) {
        return fields.to(field) > fields.from(field) && fields.array(field)[fields.from(field)] == '[';
    }

    private void addCell(TensorColumn column, int field, byte @Nullable [] literal) {
        int from = fields.from(field);
        int to = fields.to(field);
        if (from < to || column.type() == ElementType.STRING && literal == null) {
            Values.add(column, fields.array(field), from, to);
        } else if (literal != null) {
            Values.add(column, literal, 0, literal.length);
        } else {
            throw new InvalidTaskException("the value is missing");
        }
    }

    private void echo(DecodedWindow window) {
        ByteBuilder out = window.json();
        int id = schema.idColumn();
        if (id >= 0 && id < fields.count()) {
            int begin = out.length();
            JsonText.appendString(out, fields.array(id), fields.from(id), fields.to(id));
            window.id(begin, out.length());
        }
        if (!include.nothing() && fields.count() == schema.columns().size()) {
            int begin = out.length();
            appendInput(out);
            window.input(begin, out.length());
        }
    }

    private void appendInput(ByteBuilder out) {
        List<String> columns = schema.columns();
        out.append((byte) '{');
        boolean first = true;
        for (int i = 0; i < columns.size(); i++) {
            if (include.all() || include.names().contains(columns.get(i))) {
                if (!first) {
                    out.append((byte) ',');
                }
                first = false;
                JsonText.appendString(out, columns.get(i));
                out.append((byte) ':');
                JsonText.appendString(out, fields.array(i), fields.from(i), fields.to(i));
            }
        }
        out.append((byte) '}');
    }
}
