/**
 * Tasks in: splitting an input file into records, counting and cutting it into partitions, and decoding the records of a
 * window into the tensors of a model. Knows {@code model} and nothing of workers, results or jobs.
 */
@NullMarked
package dev.modelmill.task.input;

import org.jspecify.annotations.NullMarked;
