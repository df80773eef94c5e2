package dev.modelmill.task.input;

import dev.modelmill.model.InputSpec;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Follows how the values of one task for one input are nested and tells the shape they make. A value may be nested exactly
 * as the shape, or be one flat array, or bare where there is one element. Reused; confined to one thread.
 */
final class ValueShape {

    private static final int UNKNOWN = -1;

    private final long[] wanted;
    private final String noun;
    /** The product of the axes that are not dynamic. */
    private final long fixedElements;

    private final int dynamicAxes;
    private final int mostDepth;
    private final long[] shape;

    /** At i: values or arrays so far in the array of depth i + 1 that is open. */
    private final int[] counts;
    /** At i: values or arrays in each array of depth i + 1 that has closed. */
    private final int[] lengths;

    private int depth;
    private int deepest;
    private int values;

    /** @param noun what the values are called: {@code number} */
    ValueShape(InputSpec spec, String noun) {
        this.wanted = spec.taskShape().stream().mapToLong(Long::longValue).toArray();
        this.noun = noun;
        this.fixedElements = Arrays.stream(wanted).filter(axis -> axis >= 0).reduce(1, Math::multiplyExact);
        this.dynamicAxes = (int) Arrays.stream(wanted).filter(axis -> axis < 0).count();
        this.mostDepth = Math.max(1, wanted.length);
        this.shape = new long[wanted.length];
        this.counts = new int[mostDepth];
        this.lengths = new int[mostDepth];
    }

    /** Forgets what was followed. */
    void clear() {
        depth = 0;
        deepest = 0;
        values = 0;
        Arrays.fill(lengths, UNKNOWN);
    }

    /** So many values in one flat array. */
    void flat(int count) {
        deepest = 1;
        lengths[0] = count;
        values = count;
    }

    void open() {
        if (depth == mostDepth) {
            throw new InvalidTaskException("nested deeper than shape " + wantedShape());
        }
        if (values > 0 && depth == deepest) {
            throw mixed();
        }
        count();
        counts[depth++] = 0;
        deepest = Math.max(deepest, depth);
    }

    void close() {
        int length = counts[--depth];
        if (lengths[depth] == UNKNOWN) {
            lengths[depth] = length;
        } else if (lengths[depth] != length) {
            throw new InvalidTaskException(
                    "ragged: arrays of " + lengths[depth] + " and of " + length + " beside each other");
        }
    }

    void value() {
        if (depth != deepest) {
            throw mixed();
        }
        count();
        values++;
    }

    /** How many values there have been. */
    int values() {
        return values;
    }

    /** How many values a shape without dynamic axes has, or -1. */
    long staticElements() {
        return dynamicAxes == 0 ? fixedElements : UNKNOWN;
    }

    /**
     * The shape that the values make; valid until the next call.
     *
     * @throws InvalidTaskException if that is not the shape wanted
     */
    long[] resolve() {
        if (deepest == wanted.length && fits()) {
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = lengths[axis];
            }
        } else if (deepest <= 1) {
            unflatten();
        } else {
            throw misfit("shape " + wantedShape(), "[" + observed() + "]");
        }
        return shape;
    }

    private boolean fits() {
        for (int axis = 0; axis < shape.length; axis++) {
            if (wanted[axis] >= 0 && wanted[axis] != lengths[axis]) {
                return false;
            }
        }
        return true;
    }

    private void unflatten() {
        if (dynamicAxes == 0 && values != fixedElements) {
            throw misfit(count(fixedElements), String.valueOf(values));
        }
        if (dynamicAxes > 1) {
            throw misfit("values nested as shape " + wantedShape(), "a flat array");
        }
        if (dynamicAxes == 1 && (fixedElements == 0 || values % fixedElements != 0)) {
            throw misfit("a multiple of " + count(fixedElements), String.valueOf(values));
        }
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = wanted[axis] < 0 ? values / fixedElements : wanted[axis];
        }
    }

    private void count() {
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    private String count(long elements) {
        return elements + " " + noun + (elements == 1 ? "" : "s");
    }

    private String wantedShape() {
        return Arrays.stream(wanted)
                .mapToObj(axis -> axis < 0 ? "?" : Long.toString(axis))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String observed() {
        return Arrays.stream(lengths, 0, deepest).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private static InvalidTaskException misfit(String expected, String got) {
        return new InvalidTaskException("expected " + expected + ", got " + got);
    }

    private static InvalidTaskException mixed() {
        return new InvalidTaskException("ragged: values and arrays beside each other");
    }
}
