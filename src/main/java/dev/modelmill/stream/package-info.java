/**
 * The progress stream of a job: Server-Sent Events with its progress and its log. Listens and asks, changes nothing;
 * may use {@code job} and {@code job.log}. A client is a cursor, not a queue: a slow one costs its socket.
 */
@NullMarked
package dev.modelmill.stream;

import org.jspecify.annotations.NullMarked;
