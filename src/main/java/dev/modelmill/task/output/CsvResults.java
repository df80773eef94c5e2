package dev.modelmill.task.output;

import dev.modelmill.task.bytes.ByteBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Turns lines of results or errors into CSV as they pass: strings plain, numbers digit by digit as they are, arrays and
 * objects as JSON in a cell, null as an empty cell. Confined to one thread.
 */
public final class CsvResults implements LineSink {

    private static final List<String> ERROR_COLUMNS = List.of("index", "id", "line", "code", "message", "attempts");

    private final OutputStream out;
    private final List<String> columns;
    private final ByteBuilder row = new ByteBuilder(4096);

    private CsvResults(OutputStream out, List<String> columns) throws IOException {
        this.out = out;
        this.columns = columns;
        writeHeader();
    }

    /**
     * Begins a file of results with its header.
     *
     * @param out what the rows are written to; neither flushed nor closed
     * @param outputs the outputs' names in the results, in the lines' order
     * @param withInput whether the lines end with the input
     */
    public static CsvResults results(OutputStream out, List<String> outputs, boolean withInput) throws IOException {
        List<String> columns = new ArrayList<>(List.of("index", "id"));
        columns.addAll(outputs);
        return new CsvResults(out, withInput(columns, withInput));
    }

    /** Begins a file of errors with its header. */
    public static CsvResults errors(OutputStream out, boolean withInput) throws IOException {
        return new CsvResults(out, withInput(new ArrayList<>(ERROR_COLUMNS), withInput));
    }

    private static List<String> withInput(List<String> columns, boolean withInput) {
        if (withInput) {
            columns.add("input");
        }
        return columns;
    }

    private void writeHeader() throws IOException {
        for (String column : columns) {
            separate();
            CsvCell.append(row, column);
        }
        writeRow();
    }

    @Override
    public void line(byte[] bytes, int from, int to) throws IOException {
        try (JsonParser json = ResultLine.parser(bytes, from, to)) {
            json.nextToken();
            for (String column : columns) {
                separate();
                expect(column, json.nextName());
                appendValue(json, bytes, from);
            }
        }
        writeRow();
    }

    private void appendValue(JsonParser json, byte[] bytes, int from) {
        JsonToken token = json.nextToken();
        switch (token) {
            case VALUE_NULL -> {}
            case START_ARRAY, START_OBJECT -> {
                int start = from + (int) json.currentTokenLocation().getByteOffset();
                json.skipChildren();
                CsvCell.append(
                        row, bytes, start, from + (int) json.currentLocation().getByteOffset());
            }
            default -> CsvCell.append(row, json.getString());
        }
    }

    private static void expect(String column, String name) {
        if (!column.equals(name)) {
            throw new IllegalStateException("A line has \"" + name + "\" where \"" + column + "\" should be");
        }
    }

    private void separate() {
        if (row.length() > 0) {
            row.append((byte) ',');
        }
    }

    private void writeRow() throws IOException {
        row.append((byte) '\n');
        out.write(row.array(), 0, row.length());
        row.clear();
    }
}
