package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list, newest first.
 *
 * @param statuses in one of these; empty: in any
 * @param model of this model; null: of any
 * @param text whose id, model, input or labels hold this; null: any
 * @param after older than this one; null: from the newest
 * @param limit at most so many
 */
public record JobFilter(
        Set<JobStatus> statuses,
        @Nullable String model,
        @Nullable String text,
        @Nullable JobId after,
        int limit) {

    /** Copies the set. */
    public JobFilter {
        statuses = Set.copyOf(statuses);
    }
}
