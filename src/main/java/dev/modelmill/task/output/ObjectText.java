package dev.modelmill.task.output;

import dev.modelmill.model.Outputs;
import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.JsonText;
import dev.modelmill.task.bytes.NumberText;
import java.util.List;
import java.util.Map;

/** Maps, sequences and single values of {@link Outputs.Column.OfObjects} as JSON. */
final class ObjectText {

    private ObjectText() {}

    /** Appends a value; the keys of a map become strings. */
    static void append(ByteBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            appendMap(out, map);
        } else if (value instanceof List<?> list) {
            appendList(out, list);
        } else if (value instanceof String text) {
            JsonText.appendString(out, text);
        } else if (value instanceof Boolean truth) {
            out.append(Literals.of(truth));
        } else {
            appendNumber(out, value);
        }
    }

    private static void appendNumber(ByteBuilder out, Object value) {
        if (value instanceof Float number) {
            NumberText.append(out, number.floatValue());
        } else if (value instanceof Double number) {
            NumberText.append(out, number.doubleValue());
        } else if (value instanceof Long number) {
            NumberText.append(out, number.longValue());
        } else {
            throw new IllegalArgumentException("No value of an output: " + value);
        }
    }

    private static void appendMap(ByteBuilder out, Map<?, ?> map) {
        int start = out.append((byte) '{').length();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            separate(out, start);
            JsonText.appendString(out, entry.getKey().toString());
            append(out.append((byte) ':'), entry.getValue());
        }
        out.append((byte) '}');
    }

    private static void appendList(ByteBuilder out, List<?> list) {
        int start = out.append((byte) '[').length();
        for (Object value : list) {
            separate(out, start);
            append(out, value);
        }
        out.append((byte) ']');
    }

    private static void separate(ByteBuilder out, int start) {
        if (out.length() > start) {
            out.append((byte) ',');
        }
    }
}
