/**
 * Workers as threads of this process: who gets which, when one is made, replaced or closed.
 *
 * <p>May use {@code worker} and {@code model}; nothing else of ours. Others meet it only as the
 * {@link dev.modelmill.worker.WorkerPools} that {@link dev.modelmill.worker.pool.WorkerConfiguration} offers.
 *
 * <p><b>What guards what.</b> One lock, the {@link dev.modelmill.worker.pool.Guard}, guards every mutable field of
 * this package that does not say otherwise: queue, shares, pools, slots, claims, leases, runs. It is taken a few times a
 * run, never during a call of a model, while loading or closing one, or while a listener is told. Who waits for something,
 * waits on a condition of that lock and looks again after each wake-up; who changes something, signals before it unlocks.
 * Two things are outside of it: {@link dev.modelmill.worker.pool.CallWatch} has its own monitor, taken for an instant at
 * the beginning and end of a call and never while taking the lock; and what a run asks once a window
 * ({@code yieldRequested}) reads volatile fields. A worker's instance, buffers and counters belong to its thread; what
 * others read of them they read after the run was reported ended under the lock.
 *
 * <p><b>Who waits how long.</b> A claim until it is granted, its making fails or its share stops; making is bounded by the
 * model's {@code start-timeout}, which the {@link dev.modelmill.worker.pool.Janitor} watches. A run until it ends; its
 * calls are bounded by {@code timeout} and the grace after it, watched by the thread that waits for the run. A worker for
 * its next run, until it is dismissed.
 */
@NullMarked
package dev.modelmill.worker.pool;

import org.jspecify.annotations.NullMarked;
