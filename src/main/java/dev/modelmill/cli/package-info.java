/**
 * The command line: {@code serve} starts the service, {@code run} one job in this process.
 *
 * <p>Submits and watches jobs through {@code job.intake}, {@code job.store} and {@code job.log}; knows nothing of HTTP,
 * streams and Spring Batch.
 */
@NullMarked
package dev.modelmill.cli;

import org.jspecify.annotations.NullMarked;
