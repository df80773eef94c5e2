package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import dev.modelmill.task.bytes.Float16;
import java.nio.charset.StandardCharsets;

/** Reads floating point numbers; in JSON, what is not finite is a string. */
final class FloatParser extends ValueParser {

    private final ElementType type;

    FloatParser(ElementType type) {
        super("number");
        this.type = type;
    }

    @Override
    void addText(byte[] text, int from, int to, TensorColumn out) {
        switch (type) {
            case FLOAT32 -> out.addFloat(NumberText.floatOf(text, from, to));
            case FLOAT64 -> out.addDouble(NumberText.doubleOf(text, from, to));
            default -> out.addShort(half(text, from, to));
        }
    }

    @Override
    void addString(byte[] json, int from, int to, TensorColumn out) {
        switch (new String(json, from, Math.min(to - from, 10), StandardCharsets.ISO_8859_1)) {
            case "NaN", "Infinity", "-Infinity" -> addText(json, from, to, out);
            default -> super.addString(json, from, to, out);
        }
    }

    private static short half(byte[] text, int from, int to) {
        float value = NumberText.floatOf(text, from, to);
        short half = Float16.fromFloat(value);
        if (!Float.isInfinite(value) && half == Float16.fromFloat(Math.copySign(Float.POSITIVE_INFINITY, value))) {
            throw NumberText.wouldBeInfinite(text, from, to);
        }
        return half;
    }
}
