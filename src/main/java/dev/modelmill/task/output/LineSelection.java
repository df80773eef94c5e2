package dev.modelmill.task.output;

import org.jspecify.annotations.Nullable;

/**
 * Which lines are asked for.
 *
 * @param after only tasks with a greater index; -1 for all
 * @param limit at most so many lines
 * @param code only errors with this code; null for all, and always for results
 */
public record LineSelection(
        long after, long limit, @Nullable String code) {

    /** Every line. */
    public static final LineSelection ALL = new LineSelection(-1, Long.MAX_VALUE, null);

    boolean accepts(byte[] bytes, int from, int to) {
        return ResultLine.index(bytes, from) > after && (code == null || code.equals(ResultLine.code(bytes, from, to)));
    }
}
