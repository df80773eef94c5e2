package dev.modelmill.execution;

import dev.modelmill.job.JobId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.stereotype.Component;

/** The runs that are under way, by job, and the way from a Spring Batch execution to its run. Shared between threads. */
@Component
class JobRuns {

    static final String JOB_PARAMETER = "job";

    private final ConcurrentMap<JobId, JobRun> runs = new ConcurrentHashMap<>();

    /** The job that an execution runs. */
    static JobId jobOf(JobExecution execution) {
        String id = execution.getJobParameters().getString(JOB_PARAMETER);
        if (id == null) {
            throw new IllegalStateException("job execution " + execution.getId() + " names no job");
        }
        return new JobId(id);
    }

    void enter(JobRun run) {
        runs.put(run.id(), run);
    }

    /** The run of an execution; there is one from the end of {@code prepare} on. */
    JobRun of(JobExecution execution) {
        JobId id = jobOf(execution);
        return find(id).orElseThrow(() -> new IllegalStateException("job " + id + " has not been prepared"));
    }

    Optional<JobRun> find(JobId id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** Ends a run, if there is one. */
    void leave(JobId id) {
        JobRun run = runs.remove(id);
        if (run != null) {
            run.close();
        }
    }
}
