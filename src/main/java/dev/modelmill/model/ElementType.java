package dev.modelmill.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** The type of one value of a tensor, by the name that the REST API and {@code model.yml} use for it. */
public enum ElementType {
    FLOAT32("float32", 4),
    FLOAT64("float64", 8),
    FLOAT16("float16", 2),
    INT8("int8", 1),
    INT16("int16", 2),
    INT32("int32", 4),
    INT64("int64", 8),
    UINT8("uint8", 1),
    BOOL("bool", 1),
    STRING("string", 0);

    private final String label;
    private final int bytes;

    ElementType(String label, int bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    /** The public name: {@code float32}. */
    @JsonValue
    public String label() {
        return label;
    }

    /** Bytes of one value in a tensor buffer; 0 for {@link #STRING}, whose values are Java strings. */
    public int bytes() {
        return bytes;
    }
}
