package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Decodes JSON lines: id and echo are the JSON that was read, byte for byte. */
final class JsonlRecordDecoder implements RecordDecoder {

    private final JsonRecord record;
    private final int idField;
    private final Include include;
    /** The fields that the echo shows, and their names as JSON. */
    private final int[] echoFields;

    private final List<byte[]> echoNames;
    private final JsonInputReader[] readers;

    JsonlRecordDecoder(TaskSchema schema, String idName, Include include) {
        this.record = new JsonRecord(fieldsThatMatter(schema, idName, include));
        this.idField = record.field(idName);
        this.include = include;
        this.echoFields = include.fields().stream().mapToInt(record::field).toArray();
        this.echoNames = include.fields().stream().map(JsonText::string).toList();
        this.readers = schema.bindings().stream()
                .map(binding -> new JsonInputReader(binding, record))
                .toArray(JsonInputReader[]::new);
    }

    @Override
    public void decode(byte[] array, int from, int to, DecodedWindow window) {
        int start = start(array, from, to);
        int end = end(array, start, to);
        record.read(array, start, end);
        if (record.has(idField)) {
            appendValue(window.id(), idField);
        }
        if (include.whole()) {
            window.echo().append(array, start, end);
        } else if (!include.nothing()) {
            appendEcho(window.echo());
        }
        for (int input = 0; input < readers.length; input++) {
            window.setShape(input, readers[input].read(window.column(input)));
        }
    }

    private void appendEcho(ByteBuilder out) {
        out.append((byte) '{');
        boolean first = true;
        for (int index = 0; index < echoFields.length; index++) {
            if (record.has(echoFields[index])) {
                if (!first) {
                    out.append((byte) ',');
                }
                first = false;
                out.append(echoNames.get(index)).append((byte) ':');
                appendValue(out, echoFields[index]);
            }
        }
        out.append((byte) '}');
    }

    private void appendValue(ByteBuilder out, int field) {
        out.append(record.json(), record.from(field), record.to(field));
    }

    private static List<String> fieldsThatMatter(TaskSchema schema, String idName, Include include) {
        List<String> names = new ArrayList<>();
        schema.bindings().forEach(binding -> names.addAll(binding.fields()));
        names.add(idName);
        names.addAll(include.fields());
        return names;
    }

    private static int start(byte[] array, int from, int to) {
        int start = from;
        while (start < to && isSpace(array[start])) {
            start++;
        }
        return start;
    }

    private static int end(byte[] array, int from, int to) {
        int end = to;
        while (end > from && isSpace(array[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t' || value == '\r';
    }
}
