package dev.modelmill.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values of one input or output in row-major order. A view of memory that its owner reuses for the next call: it is read
 * before that and never kept.
 *
 * @param name the name of the input or output in the model
 * @param type the type of a value
 * @param shape the whole shape, batch axis first where the model has one
 * @param data the values in native byte order between position 0 and limit, {@code type.bytes()} each (bool: 0 or 1);
 *     direct for an input; null for strings
 * @param strings the values of a string tensor, at least as many as the shape says; else null
 */
public record Tensor(
        String name,
        ElementType type,
        long[] shape,
        @Nullable ByteBuffer data,
        String @Nullable [] strings) {

    /** The number of values that the shape holds. */
    public long elements() {
        long elements = 1;
        for (long axis : shape) {
            elements *= axis;
        }
        return elements;
    }
}
