/**
 * The workers: made once, claimed in turn by the jobs, reused over partitions and jobs, replaced when they break.
 *
 * <p>Knows models ({@code model}) and nothing of Spring Batch, files or jobs beyond their id. A job opens a
 * {@link dev.modelmill.worker.WorkerShare} and claims a {@link dev.modelmill.worker.Lease} from it for one run of about a
 * second at a time; what a run does is a {@link dev.modelmill.worker.WorkerTask} of the caller's. The pools themselves are
 * in {@code worker.pool}.
 */
@NullMarked
package dev.modelmill.worker;

import org.jspecify.annotations.NullMarked;
