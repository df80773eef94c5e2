package dev.modelmill.job.log;

/**
 * Events that a reader left out.
 *
 * @param count how many, at least one
 * @param from the seq of the first
 * @param to the seq of the last
 */
public record SkippedLines(long count, long from, long to) {}
