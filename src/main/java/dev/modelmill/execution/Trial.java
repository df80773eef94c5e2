package dev.modelmill.execution;

import dev.modelmill.job.store.RunningJob;
import java.time.Duration;

/**
 * A suspect's run with nothing beside it, for whose first commit the others wait a while.
 *
 * @param job the run
 * @param begun when it began, by the monotonic clock
 * @param time how long the others wait
 */
record Trial(RunningJob job, long begun, Duration time) {

    /** Whether the others have waited long enough. */
    boolean isOver(long now) {
        return now - begun >= time.toNanos();
    }
}
