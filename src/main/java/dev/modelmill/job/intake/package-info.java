/**
 * Taking jobs in: reading what is asked for, checking it against the model and the input, and making it durable.
 *
 * <p>May use {@code job}, {@code job.store} and the rooms below.
 */
@NullMarked
package dev.modelmill.job.intake;

import org.jspecify.annotations.NullMarked;
