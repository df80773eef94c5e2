package dev.modelmill.task.input;

/** Reads booleans: {@code true}, {@code false}, 1 and 0. */
final class BoolParser extends ValueParser {

    BoolParser() {
        super("boolean");
    }

    @Override
    void addText(byte[] text, int from, int to, TensorColumn out) {
        if (equalsIgnoreCase(text, from, to, "1") || equalsIgnoreCase(text, from, to, "true")) {
            addBoolean(true, out);
        } else if (equalsIgnoreCase(text, from, to, "0") || equalsIgnoreCase(text, from, to, "false")) {
            addBoolean(false, out);
        } else {
            throw new InvalidTaskException(Excerpt.of(text, from, to) + " is neither true nor false, 1 nor 0");
        }
    }

    @Override
    void addBoolean(boolean value, TensorColumn out) {
        out.addByte((byte) (value ? 1 : 0));
    }
}
