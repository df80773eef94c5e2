/**
 * Running jobs with Spring Batch: the job and its steps, the partitions, starting what waits, going on after a restart.
 *
 * <p>The only room that imports Spring Batch. Its status is bookkeeping; the rows in {@code job.store} are the truth. It
 * listens to the events of {@code job} and reconciles by asking the rows.
 */
@NullMarked
package dev.modelmill.execution;

import org.jspecify.annotations.NullMarked;
