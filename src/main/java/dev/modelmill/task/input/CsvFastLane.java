package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import dev.modelmill.task.bytes.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decodes the ordinary record, of numbers without quotes, in one pass from bytes to columns: about twice as fast as to find
 * the fields first. Whatever is not ordinary, or wrong, it leaves to {@link CsvRecordDecoder}, which knows all the rules.
 * Confined to one thread.
 */
final class CsvFastLane {

    private static final int ID = -1;
    private static final int UNUSED = -2;
    /** Where something ends that is not ordinary. */
    private static final int NOT_HERE = -1;
    /** Any integer of so many digits is a float, too. */
    private static final int EXACT_DIGITS = 7;

    private static final ValueParser FLOATS = ValueParser.of(ElementType.FLOAT32);

    private final byte delimiter;
    private final Run[] runs;
    private final ValueParser[] parsers;
    private final long[][] shapes;
    private int idFrom;
    private int idTo;

    /** Columns side by side that go to one input, or to {@link #ID} or {@link #UNUSED}. */
    private record Run(int input, int columns, boolean floats) {}

    private CsvFastLane(byte delimiter, int[] inputs, List<CsvInputReader> readers) {
        this.delimiter = delimiter;
        this.parsers = readers.stream().map(InputReader::parser).toArray(ValueParser[]::new);
        this.shapes = readers.stream().map(InputReader::flatShape).toArray(long[][]::new);
        this.runs = runs(inputs, readers);
    }

    /**
     * A fast lane for records with so many columns, or nothing where an input needs more than numbers from columns in the
     * order of the file.
     */
    static Optional<CsvFastLane> of(char delimiter, int columns, int idColumn, List<CsvInputReader> readers) {
        int[] inputs = new int[columns];
        Arrays.fill(inputs, UNUSED);
        if (idColumn >= 0) {
            inputs[idColumn] = ID;
        }
        for (int input = 0; input < readers.size(); input++) {
            if (!assign(inputs, input, readers.get(input))) {
                return Optional.empty();
            }
        }
        boolean readable = columns > 0 && "+-.0123456789eE".indexOf(delimiter) < 0;
        return readable ? Optional.of(new CsvFastLane((byte) delimiter, inputs, readers)) : Optional.empty();
    }

    private static boolean assign(int[] inputs, int input, CsvInputReader reader) {
        int last = -1;
        for (int column : reader.binding().columns()) {
            if (column <= last || inputs[column] != UNUSED) {
                return false;
            }
            inputs[column] = input;
            last = column;
        }
        return reader.binding().type() != ElementType.STRING && reader.takesFlatValues();
    }

    private static Run[] runs(int[] inputs, List<CsvInputReader> readers) {
        List<Run> runs = new ArrayList<>();
        int start = 0;
        for (int column = 1; column <= inputs.length; column++) {
            if (column == inputs.length || inputs[column] != inputs[start]) {
                int input = inputs[start];
                boolean floats = input >= 0 && readers.get(input).binding().type() == ElementType.FLOAT32;
                runs.add(new Run(input, column - start, floats));
                start = column;
            }
        }
        return runs.toArray(Run[]::new);
    }

    /** Decodes the record between two positions if it is an ordinary one; else false, some values being left behind. */
    boolean decode(byte[] array, int from, int to, DecodedWindow window) {
        try {
            return decodeRuns(array, from, to, window);
        } catch (InvalidTaskException invalid) {
            return false;
        }
    }

    private boolean decodeRuns(byte[] array, int from, int to, DecodedWindow window) {
        idFrom = NOT_HERE;
        int start = from;
        int end = from;
        for (Run run : runs) {
            end = run.floats
                    ? floats(array, start, to, run.columns, window.column(run.input))
                    : fields(array, start, to, run, window);
            if (end == NOT_HERE) {
                return false;
            }
            start = end + 1;
        }
        if (end == to) {
            finish(array, window);
        }
        return end == to;
    }

    private void finish(byte[] array, DecodedWindow window) {
        if (idFrom != NOT_HERE) {
            JsonText.appendString(window.id(), array, idFrom, idTo);
        }
        for (int input = 0; input < shapes.length; input++) {
            window.setShape(input, shapes[input]);
        }
    }

    /** Appends some fields of floats and returns where the last one ends. */
    private int floats(byte[] array, int from, int to, int count, TensorColumn out) {
        out.reserve(count);
        int end = from - 1;
        for (int left = count; left > 0; left--) {
            if (end == to) {
                return NOT_HERE;
            }
            int start = end + 1;
            int value = 0;
            int digit;
            end = start;
            while (end < to && (digit = array[end] - '0' & 0xFF) <= 9) {
                value = 10 * value + digit;
                end++;
            }
            if (end > start && end - start <= EXACT_DIGITS && (end == to || array[end] == delimiter)) {
                out.addFloat(value);
            } else {
                end = decimal(array, start, to, out);
                if (end == NOT_HERE) {
                    return NOT_HERE;
                }
            }
        }
        return end;
    }

    /** Appends a float with a sign, a point or many digits, and returns where it ends. */
    private int decimal(byte[] array, int from, int to, TensorColumn out) {
        boolean negative = from < to && array[from] == '-';
        int start = negative ? from + 1 : from;
        int end = start;
        int point = NumberText.NONE;
        long digits = 0;
        for (; end < to && array[end] != delimiter; end++) {
            int digit = array[end] - '0' & 0xFF;
            if (digit <= 9) {
                digits = 10 * digits + digit;
            } else if (array[end] == '.' && point == NumberText.NONE) {
                point = end;
            } else {
                return number(array, from, to, out, FLOATS);
            }
        }
        double value = NumberText.decimal(digits, start, point, end);
        if (!NumberText.makesFloat(value)) {
            return number(array, from, to, out, FLOATS);
        }
        out.addFloat((float) (negative ? -value : value));
        return end;
    }

    /** Takes some fields of any kind and returns where the last one ends. */
    private int fields(byte[] array, int from, int to, Run run, DecodedWindow window) {
        int end = from - 1;
        for (int left = run.columns; left > 0; left--) {
            if (end == to) {
                return NOT_HERE;
            }
            int start = end + 1;
            end = run.input < 0
                    ? plainField(array, start, to)
                    : number(array, start, to, window.column(run.input), parsers[run.input]);
            if (end == NOT_HERE) {
                return NOT_HERE;
            }
            if (run.input == ID) {
                idFrom = start;
                idTo = end;
            }
        }
        return end;
    }

    private int number(byte[] array, int from, int to, TensorColumn out, ValueParser parser) {
        int end = plainField(array, from, to);
        if (end > from && array[from] > ' ' && array[end - 1] > ' ') {
            parser.addText(array, from, end, out);
            return end;
        }
        return NOT_HERE;
    }

    private int plainField(byte[] array, int from, int to) {
        if (from < to && array[from] == '"') {
            return NOT_HERE;
        }
        int end = from;
        while (end < to && array[end] != delimiter) {
            end++;
        }
        return end;
    }
}
