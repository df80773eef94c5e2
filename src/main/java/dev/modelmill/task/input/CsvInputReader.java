package dev.modelmill.task.input;

/** Reads the values of one input from the cells of a CSV record. */
final class CsvInputReader extends InputReader {

    private static final String EMPTY = "empty";

    private final CsvRecord record;
    private final int[] columns;
    private final boolean anyText;

    CsvInputReader(InputBinding binding, CsvRecord record) {
        super(binding, "column");
        this.record = record;
        this.columns = binding.columns();
        this.anyText = parser().takesAnyText();
    }

    @Override
    void readWhole(TensorColumn out) {
        byte[] text = record.array(columns[0]);
        int from = start(columns[0]);
        int to = end(columns[0], from);
        if (from < to && text[from] == '[') {
            JsonRecord.requireArray(text, from, to);
            addJson(text, from, to, out);
        } else if (from < to || emptyIsText()) {
            addText(text, from, to, out);
        } else {
            addAllMissing(EMPTY, out);
        }
    }

    @Override
    void readOne(int field, TensorColumn out) {
        int column = columns[field];
        int from = start(column);
        int to = end(column, from);
        if (from < to || emptyIsText()) {
            parser().addText(record.array(column), from, to, out);
        } else {
            addMissing(EMPTY, out);
        }
    }

    private boolean emptyIsText() {
        return anyText && !hasMissing();
    }

    private int start(int column) {
        int from = record.from(column);
        if (!anyText) {
            byte[] text = record.array(column);
            while (from < record.to(column) && isSpace(text[from])) {
                from++;
            }
        }
        return from;
    }

    private int end(int column, int from) {
        int to = record.to(column);
        if (!anyText) {
            byte[] text = record.array(column);
            while (to > from && isSpace(text[to - 1])) {
                to--;
            }
        }
        return to;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t';
    }
}
