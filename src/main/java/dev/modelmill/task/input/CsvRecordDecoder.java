package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.JsonText;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decodes CSV records: the id is a JSON string, the echo an object of strings. */
final class CsvRecordDecoder implements RecordDecoder {

    private final int columnCount;
    private final int idColumn;
    private final boolean echoes;
    /** The columns that the echo shows, and their names as JSON. */
    private final int[] echoColumns;

    private final List<byte[]> echoNames;
    private final CsvRecord record;
    private final List<CsvInputReader> readers;
    private final @Nullable CsvFastLane fastLane;

    CsvRecordDecoder(TaskSchema schema, TaskInput input, Include include) {
        List<String> columns = schema.columns();
        columnCount = columns.size();
        idColumn = columns.indexOf(input.idField());
        echoes = !include.nothing();
        echoColumns = echoColumns(columns, include);
        echoNames = IntStream.of(echoColumns)
                .mapToObj(columns::get)
                .map(JsonText::string)
                .toList();
        record = new CsvRecord(input.delimiter());
        readers = schema.bindings().stream()
                .map(binding -> new CsvInputReader(binding, record))
                .toList();
        fastLane = echoes
                ? null
                : CsvFastLane.of(input.delimiter(), columnCount, idColumn, readers)
                        .orElse(null);
    }

    @Override
    public void decode(byte[] array, int from, int to, DecodedWindow window) {
        if (fastLane != null && fastLane.decode(array, from, to, window)) {
            return;
        }
        window.undoValues();
        decodeSlowly(array, from, to, window);
    }

    private void decodeSlowly(byte[] array, int from, int to, DecodedWindow window) {
        int count = record.split(array, from, to);
        if (count != columnCount) {
            throw new InvalidTaskException("expected " + columnCount + " fields, got " + count);
        }
        if (idColumn >= 0) {
            appendString(window.id(), idColumn);
        }
        if (echoes) {
            appendEcho(window.echo());
        }
        for (int input = 0; input < readers.size(); input++) {
            window.setShape(input, readers.get(input).read(window.column(input)));
        }
    }

    private void appendEcho(ByteBuilder out) {
        out.append((byte) '{');
        for (int index = 0; index < echoColumns.length; index++) {
            if (index > 0) {
                out.append((byte) ',');
            }
            out.append(echoNames.get(index)).append((byte) ':');
            appendString(out, echoColumns[index]);
        }
        out.append((byte) '}');
    }

    private void appendString(ByteBuilder out, int column) {
        JsonText.appendString(out, record.array(column), record.from(column), record.to(column));
    }

    private static int[] echoColumns(List<String> columns, Include include) {
        return include.whole()
                ? IntStream.range(0, columns.size()).toArray()
                : include.fields().stream()
                        .mapToInt(columns::indexOf)
                        .filter(column -> column >= 0)
                        .toArray();
    }
}
