package dev.modelmill.execution;

import java.time.Duration;

/**
 * How long a suspect is tried alone: each trial that told nothing doubles it, so a job that needs long to kill the service
 * has that time one day, and nobody waits for it without an end.
 *
 * @param first the time of a first trial
 */
record TrialTime(Duration first) {

    private static final int MOST_DOUBLINGS = 16;

    /** The time of a trial after some that told nothing. */
    Duration after(int trials) {
        return first.multipliedBy(1L << Math.min(trials, MOST_DOUBLINGS));
    }
}
