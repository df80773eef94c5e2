package dev.modelmill.task.input;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one input from the fields of a record into a column. What is wrong is said with the names of input
 * and field in front. Confined to one thread.
 */
abstract class InputReader {

    private static final int NO_FIELD = -1;

    private final String kindOfField;
    private final InputBinding binding;
    private final byte @Nullable [] missing;
    private final ValueParser parser;
    private final ValueShape shape;
    private final JsonValue jsonValue;

    /** The field that is being read, for messages. */
    private int current;

    /** @param kindOfField what a field is called in messages: {@code column} */
    InputReader(InputBinding binding, String kindOfField) {
        String literal = binding.spec().source().missing();
        this.kindOfField = kindOfField;
        this.binding = binding;
        this.missing = literal == null ? null : literal.getBytes(StandardCharsets.UTF_8);
        this.parser = ValueParser.of(binding.type());
        this.shape = new ValueShape(binding.spec(), parser.noun());
        this.jsonValue = new JsonValue(parser, shape, missing);
    }

    /**
     * Appends the values of the current record; returns the shape they make, valid until the next call.
     *
     * @throws InvalidTaskException if they don't fit
     */
    final long[] read(TensorColumn out) {
        try {
            shape.clear();
            if (binding.whole()) {
                current = 0;
                readWhole(out);
            } else {
                readEach(out);
            }
            current = NO_FIELD;
            return shape.resolve();
        } catch (InvalidTaskException invalid) {
            throw new InvalidTaskException(where() + invalid.getMessage());
        }
    }

    /** Appends the whole value, which one field holds. */
    abstract void readWhole(TensorColumn out);

    /** Appends the one value that a field of several holds. */
    abstract void readOne(int field, TensorColumn out);

    final InputBinding binding() {
        return binding;
    }

    final ValueParser parser() {
        return parser;
    }

    final void addJson(byte[] json, int from, int to, TensorColumn out) {
        jsonValue.read(json, from, to, out);
    }

    final void addText(byte[] text, int from, int to, TensorColumn out) {
        shape.value();
        parser.addText(text, from, to, out);
    }

    /** Appends what stands for one value that is not there. */
    final void addMissing(String what, TensorColumn out) {
        byte[] literal = missing(what);
        shape.value();
        parser.addText(literal, 0, literal.length, out);
    }

    /** Appends what stands for a whole value that is not there, as often as it has elements. */
    final void addAllMissing(String what, TensorColumn out) {
        byte[] literal = missing(what);
        int count = (int) Math.max(1, shape.staticElements());
        for (int value = 0; value < count; value++) {
            parser.addText(literal, 0, literal.length, out);
        }
        shape.flat(count);
    }

    final boolean hasMissing() {
        return missing != null;
    }

    /** Whether one value from each field makes the shape. */
    final boolean takesFlatValues() {
        try {
            flatShape();
            return true;
        } catch (InvalidTaskException misfit) {
            return false;
        }
    }

    /** The shape that one value from each field makes. */
    final long[] flatShape() {
        shape.clear();
        shape.flat(binding.fields().size());
        return shape.resolve().clone();
    }

    private byte[] missing(String what) {
        if (missing == null) {
            throw new InvalidTaskException(what);
        }
        return missing;
    }

    private void readEach(TensorColumn out) {
        int count = binding.fields().size();
        out.reserve(count);
        for (current = 0; current < count; current++) {
            readOne(current, out);
        }
        shape.flat(count);
    }

    private String where() {
        String name = binding.name();
        if (current == NO_FIELD || binding.fields().get(current).equals(name)) {
            return name + ": ";
        }
        return name + ": " + kindOfField + " " + Excerpt.of(binding.fields().get(current)) + ": ";
    }
}
