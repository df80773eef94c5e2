package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Appends the JSON value of an input to its column: nested exactly as the shape, one flat row-major array, or a bare scalar
 * where there is one element. Confined to one thread.
 */
final class JsonValues {

    private static final int MOST_AXES = 16;

    private final JsonFactory factory = new JsonFactory();
    private final int[] axes = new int[MOST_AXES];
    private byte[] text = new byte[64];
    private int depth;

    /** Opens a parser for JSON in an array. */
    JsonParser parser(byte[] array, int from, int to) {
        return factory.createParser(ObjectReadContext.empty(), array, from, to - from);
    }

    /**
     * Appends a value.
     *
     * @return the shape of the value, dynamic axes filled in
     */
    long[] add(TensorColumn column, List<Long> taskShape, byte[] array, int from, int to) {
        int begin = column.count();
        Arrays.fill(axes, -1);
        depth = 0;
        try (JsonParser parser = parser(array, from, to)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                addArray(column, parser, 0);
            } else {
                addScalar(column, parser, token);
            }
        } catch (JacksonException e) {
            throw new InvalidTaskException("not valid JSON: " + e.getOriginalMessage());
        }
        return shape(taskShape, column.count() - begin);
    }

    private void addArray(TensorColumn column, JsonParser parser, int level) {
        if (level == MOST_AXES - 1) {
            throw new InvalidTaskException("expected at most " + (MOST_AXES - 1) + " nested arrays");
        }
        int length = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                addArray(column, parser, level + 1);
            } else {
                leaf(level + 1);
                addScalar(column, parser, token);
            }
            length++;
        }
        if (length == 0) {
            leaf(level + 1);
        }
        if (axes[level] >= 0 && axes[level] != length) {
            throw new InvalidTaskException("expected arrays of one length, got " + axes[level] + " and " + length);
        }
        axes[level] = length;
    }

    private void leaf(int level) {
        if (depth != 0 && depth != level) {
            throw new InvalidTaskException("expected arrays of one depth, got values and arrays side by side");
        }
        depth = level;
    }

    private void addScalar(TensorColumn column, JsonParser parser, JsonToken token) {
        ElementType type = column.type();
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(column, parser);
            case VALUE_STRING -> string(column, parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> {
                if (type != ElementType.BOOL) {
                    throw new InvalidTaskException("expected " + wanted(type) + ", got " + parser.getString());
                }
                column.addByte(token == JsonToken.VALUE_TRUE ? (byte) 1 : 0);
            }
            case VALUE_NULL -> throw new InvalidTaskException("expected " + wanted(type) + ", got null");
            default -> throw new InvalidTaskException("expected " + wanted(type) + ", got an object");
        }
    }

    private void number(TensorColumn column, JsonParser parser) {
        if (column.type() == ElementType.STRING) {
            throw new InvalidTaskException("expected a string, got " + parser.getString());
        }
        char[] characters = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        int length = parser.getStringLength();
        if (text.length < length) {
            text = new byte[2 * length];
        }
        for (int i = 0; i < length; i++) {
            text[i] = (byte) characters[offset + i];
        }
        Values.add(column, text, 0, length);
    }

    private static void string(TensorColumn column, String value) {
        ElementType type = column.type();
        if (type == ElementType.STRING) {
            column.addString(value);
            return;
        }
        boolean floating = type == ElementType.FLOAT32 || type == ElementType.FLOAT64 || type == ElementType.FLOAT16;
        boolean named = value.equals("NaN") || value.equals("Infinity") || value.equals("-Infinity");
        if (!floating || !named) {
            String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
            throw new InvalidTaskException("expected " + wanted(type) + ", got the string \"" + shown + "\"");
        }
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        Values.add(column, bytes, 0, bytes.length);
    }

    private static String wanted(ElementType type) {
        return switch (type) {
            case STRING -> "a string";
            case BOOL -> "true or false";
            case FLOAT16, FLOAT32, FLOAT64 -> "a number";
            default -> "a whole number";
        };
    }

    private long[] shape(List<Long> taskShape, int count) {
        if (depth == taskShape.size() && nestedAs(taskShape)) {
            long[] shape = new long[depth];
            for (int i = 0; i < depth; i++) {
                shape[i] = axes[i];
            }
            return shape;
        }
        if (depth <= 1) {
            return flat(taskShape, count);
        }
        throw new InvalidTaskException("expected the shape "
                + taskShape.toString().replace("-1", "any") + ", got " + Arrays.toString(Arrays.copyOf(axes, depth)));
    }

    private boolean nestedAs(List<Long> taskShape) {
        for (int i = 0; i < depth; i++) {
            if (taskShape.get(i) >= 0 && taskShape.get(i) != axes[i]) {
                return false;
            }
        }
        return true;
    }

    /** The shape of so many values in a row. */
    static long[] flat(List<Long> taskShape, int count) {
        long known = 1;
        int dynamic = -1;
        for (int i = 0; i < taskShape.size(); i++) {
            if (taskShape.get(i) >= 0) {
                known *= taskShape.get(i);
            } else if (dynamic >= 0) {
                throw new InvalidTaskException("expected nested arrays, since the model leaves several axes open");
            } else {
                dynamic = i;
            }
        }
        boolean fits = dynamic < 0 ? known == count : known > 0 && count % known == 0;
        if (!fits) {
            throw new InvalidTaskException("expected " + (dynamic < 0 ? "" : "a multiple of ") + known
                    + (known == 1 ? " value" : " numbers") + ", got " + count);
        }
        long[] shape = new long[taskShape.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = i == dynamic ? count / known : taskShape.get(i);
        }
        return shape;
    }
}
