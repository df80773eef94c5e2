/**
 * Meters: what the workers, jobs and logs do, in the names that dashboards rely on.
 *
 * <p>Only listens and asks. May use {@code job}, {@code worker} and {@code model}; nothing uses it.
 */
@NullMarked
package dev.modelmill.metrics;

import org.jspecify.annotations.NullMarked;
