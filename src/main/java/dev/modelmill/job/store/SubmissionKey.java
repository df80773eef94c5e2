package dev.modelmill.job.store;

/**
 * By what a submission that is sent again is known.
 *
 * @param key the {@code Idempotency-Key}
 * @param digest the SHA-256 of the request and of the tasks that came with it, in hexadecimal digits
 */
public record SubmissionKey(String key, String digest) {}
