package dev.modelmill.model;

import java.util.List;

/**
 * What one call of a model gave: a column per output of the signature, in the signature's order. Closing it frees or
 * returns the memory behind it, after which no column may be read. Used by the worker's thread only.
 */
public interface Outputs extends AutoCloseable {

    /** Tasks of the call. */
    int size();

    /** A column per kept output, in the signature's order. */
    List<Column> columns();

    @Override
    void close();

    /** The values of one output for all tasks of a call. */
    sealed interface Column {

        /** The output it belongs to. */
        OutputSpec output();

        /**
         * A tensor.
         *
         * @param output the output it belongs to
         * @param taskShape the shape of one task's values: empty for a bare scalar a task, {@code [1]} for one value in
         *     an array
         * @param values the values of all tasks one after the other
         */
        record OfTensor(OutputSpec output, long[] taskShape, Tensor values) implements Column {}

        /**
         * Maps, sequences and whatever else is no tensor.
         *
         * @param output the output it belongs to
         * @param values one value a task, made of {@code Map} (keys {@code String} or {@code Long}), {@code List},
         *     {@code String}, {@code Long}, {@code Float}, {@code Double} and {@code Boolean}
         */
        record OfObjects(OutputSpec output, List<Object> values) implements Column {}
    }
}
