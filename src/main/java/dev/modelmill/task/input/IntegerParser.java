package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;

/** Reads integers of any width, exactly. */
final class IntegerParser extends ValueParser {

    private final ElementType type;
    private final long least;
    private final long most;

    IntegerParser(ElementType type) {
        super("number");
        this.type = type;
        int bits = Byte.SIZE * type.bytes();
        this.least = type == ElementType.UINT8 ? 0 : -1L << (bits - 1);
        this.most = type == ElementType.UINT8 ? 255 : ~(-1L << (bits - 1));
    }

    @Override
    void addText(byte[] text, int from, int to, TensorColumn out) {
        long value = NumberText.integerOf(text, from, to, least, most);
        switch (type) {
            case INT64 -> out.addLong(value);
            case INT32 -> out.addInt((int) value);
            case INT16 -> out.addShort((short) value);
            default -> out.addByte((byte) value);
        }
    }
}
