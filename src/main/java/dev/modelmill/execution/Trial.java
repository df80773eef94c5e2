package dev.modelmill.execution;

import dev.modelmill.job.store.RunningJob;
import java.time.Duration;

/**
 * A suspect's run, for whose first commit the others wait a while.
 *
 * @param job the run
 * @param alone whether nothing ran when it began, so that a death of the service would be its doing
 * @param begun when it began, by the monotonic clock
 * @param time how long the others wait
 */
record Trial(RunningJob job, boolean alone, long begun, Duration time) {

    /** Whether the others have waited long enough. */
    boolean isOver(long now) {
        return now - begun >= time.toNanos();
    }
}
