/**
 * Jobs that are kept: their rows, their partitions' rows, their folders, and what is live of those that run.
 *
 * <p>The rows are the truth about every job. May use {@code job}, {@code job.log} and the rooms below.
 */
@NullMarked
package dev.modelmill.job.store;

import org.jspecify.annotations.NullMarked;
