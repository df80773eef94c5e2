package dev.modelmill.api;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs, newest first.
 *
 * @param jobs the jobs
 * @param next the {@code after} of the next page; null on the last one
 */
record JobPage(List<Job> jobs, @Nullable JobId next) {

    /** A page of so many jobs, made of one more where there is one. */
    static JobPage of(List<Job> found, int limit) {
        if (found.size() <= limit) {
            return new JobPage(found, null);
        }
        List<Job> jobs = found.subList(0, limit);
        return new JobPage(jobs, jobs.get(limit - 1).id());
    }
}
