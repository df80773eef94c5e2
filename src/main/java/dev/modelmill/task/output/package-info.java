/**
 * Results out: encoding the outputs of a model as JSON lines, the part files of a partition, and reading what the parts
 * of a job hold as one stream. Knows {@code model} and {@code task.bytes}, nothing of workers, input files or jobs.
 *
 * <p>A worker encodes ({@link dev.modelmill.task.output.ResultEncoder}, {@link dev.modelmill.task.output.ErrorEncoder})
 * into a {@link dev.modelmill.task.output.PartWriter}; what its states say was committed is read by a
 * {@link dev.modelmill.task.output.PartSequence} and, when the job has completed, left where its user wants it by an
 * {@link dev.modelmill.task.output.OutputFile}.
 */
@NullMarked
package dev.modelmill.task.output;

import org.jspecify.annotations.NullMarked;
