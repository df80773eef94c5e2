package dev.modelmill.job.speed;

/**
 * How fast a model is on this machine.
 *
 * @param batchSize tasks a call at which it is fastest
 * @param secondsPerTask how long one worker takes for a task at that size; 0 where nothing is known
 */
public record ModelSpeed(int batchSize, double secondsPerTask) {}
