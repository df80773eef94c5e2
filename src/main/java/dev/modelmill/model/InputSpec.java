package dev.modelmill.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input tensor of a model and where a task's values for it come from.
 *
 * @param name the input's name in the model
 * @param type the type of its values
 * @param shape the shape as the model declares it, batch axis included, -1 for a dynamic axis
 * @param taskShape the shape of one task's values (without the batch axis, with {@code model.yml}'s {@code shape} filled
 *     in where it was needed), -1 for a dynamic axis; empty for a bare scalar
 * @param source where the values come from
 */
public record InputSpec(String name, ElementType type, List<Long> shape, List<Long> taskShape, Source source) {

    /** Copies the lists. */
    public InputSpec {
        shape = List.copyOf(shape);
        taskShape = List.copyOf(taskShape);
    }

    /**
     * Where the values of an input come from.
     *
     * @param field the one field or column that holds the whole value; null where {@code columns} are named
     * @param columns the fields or columns that hold one value each, ranges already expanded, in order; null where
     *     {@code field} is named. Both null: the field or column called like the input, or for a model with one input
     *     all columns of a CSV file other than the id, in file order
     * @param missing the literal that fills an empty or missing value ({@code NaN}, {@code 0}); null: a missing value
     *     fails its task
     */
    public record Source(
            @Nullable String field,
            @Nullable List<String> columns,
            @Nullable String missing) {

        /** The source of an input of which {@code model.yml} says nothing. */
        public static final Source BY_NAME = new Source(null, null, null);
    }

    /** Values of one task, or -1 where an axis is dynamic. */
    public long elementsPerTask() {
        long elements = 1;
        for (long axis : taskShape) {
            if (axis < 0) {
                return -1;
            }
            elements = Math.multiplyExact(elements, axis);
        }
        return elements;
    }
}
