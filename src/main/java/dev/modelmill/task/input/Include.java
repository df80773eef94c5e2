package dev.modelmill.task.input;

import java.util.List;

/**
 * What of a task its line gives back.
 *
 * @param names {@code input} alone for all of it, or names of fields; empty for nothing
 */
record Include(List<String> names) {

    boolean nothing() {
        return names.isEmpty();
    }

    boolean all() {
        return names.contains("input");
    }
}
