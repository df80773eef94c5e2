/**
 * The way of a task from an input file through a model into part files: windows of a batch each, on a worker's thread.
 *
 * <p>{@code task.input} reads, {@code task.output} writes, this package puts the model between them. Knows {@code worker}
 * and {@code model}; nothing of jobs, databases or Spring Batch.
 */
@NullMarked
package dev.modelmill.task;

import org.jspecify.annotations.NullMarked;
