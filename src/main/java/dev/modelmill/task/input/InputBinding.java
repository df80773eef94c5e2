package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import java.util.List;

/**
 * Where the values of one input come from in one file.
 *
 * @param spec the input
 * @param fields the fields or columns, in order: one that holds the whole value, or several that hold one value each
 * @param columns the positions of these columns in a CSV file; empty for JSONL
 */
record InputBinding(InputSpec spec, List<String> fields, int[] columns) {

    /** Whether one field holds the whole value, which may be an array. */
    boolean whole() {
        return fields.size() == 1;
    }

    String name() {
        return spec.name();
    }

    ElementType type() {
        return spec.type();
    }
}
