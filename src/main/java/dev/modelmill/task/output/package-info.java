/**
 * Results out: encoding the outputs of a model as JSON lines, the part files of a partition, and reading what the parts
 * of a job hold as one stream. Knows {@code model} and nothing of workers, input files or jobs.
 */
@NullMarked
package dev.modelmill.task.output;

import org.jspecify.annotations.NullMarked;
