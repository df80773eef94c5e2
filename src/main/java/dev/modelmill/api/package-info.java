/**
 * The REST API: jobs, results, logs and models over HTTP, and every error as a problem detail.
 *
 * <p>May use {@code job} and the rooms below; nothing uses it, and its siblings ({@code stream}, {@code metrics}, …) and it
 * don't know each other.
 */
@NullMarked
package dev.modelmill.api;

import org.jspecify.annotations.NullMarked;
