/**
 * What a job is: its id, request, status, progress and the events that tell of it.
 *
 * <p>The words only; {@code job.store} keeps jobs, {@code job.intake} takes them in, {@code job.log} holds what their
 * workers log. May use {@code task}, {@code worker} and {@code model}; knows nothing of Spring Batch, HTTP or streams.
 */
@NullMarked
package dev.modelmill.job;

import org.jspecify.annotations.NullMarked;
