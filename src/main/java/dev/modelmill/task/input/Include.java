package dev.modelmill.task.input;

import java.util.List;

/**
 * What results and errors show of a task under {@code input}.
 *
 * @param whole all of it
 * @param fields else these fields or columns, those that a task has
 */
public record Include(boolean whole, List<String> fields) {

    /** Nothing. */
    public static final Include NONE = new Include(false, List.of());

    private static final String WHOLE = "input";

    /** Copies the list. */
    public Include {
        fields = List.copyOf(fields);
    }

    /** What a request's {@code include} asks for: the word {@code input} or names of fields. */
    public static Include of(List<String> names) {
        boolean whole = names.contains(WHOLE);
        return new Include(whole, whole ? List.of() : names.stream().distinct().toList());
    }

    boolean nothing() {
        return !whole && fields.isEmpty();
    }
}
