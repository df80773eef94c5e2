package dev.modelmill.job.store;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobId;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.WrongStatusException;
import dev.modelmill.job.store.PartitionRows.Totals;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** All jobs: to look at, to cancel, to restart, to forget. Shared between threads. */
@Service
public class InferenceJobs {

    private final JobRows rows;
    private final PartitionRows partitions;
    private final JobViews views;
    private final Cancellation cancellation;
    private final JobRestart restart;
    private final Deletion deletion;

    InferenceJobs(
            JobRows rows,
            PartitionRows partitions,
            JobViews views,
            Cancellation cancellation,
            JobRestart restart,
            Deletion deletion) {
        this.rows = rows;
        this.partitions = partitions;
        this.views = views;
        this.cancellation = cancellation;
        this.restart = restart;
        this.deletion = deletion;
    }

    /**
     * A job as it is now.
     *
     * @throws NoSuchJobException if there is none of that id
     */
    public Job get(JobId id) {
        return views.of(stored(id), partitions.totals(id));
    }

    /** The row of a job. */
    public StoredJob stored(JobId id) {
        return rows.find(id).orElseThrow(() -> new NoSuchJobException(id.value()));
    }

    /** The jobs that pass a filter, newest first. */
    public List<Job> list(JobFilter filter) {
        List<StoredJob> found = rows.list(filter);
        Map<JobId, Totals> totals =
                partitions.totals(found.stream().map(StoredJob::id).toList());
        return found.stream()
                .map(job -> views.of(job, totals.getOrDefault(job.id(), Totals.NONE)))
                .toList();
    }

    /** The partitions of a job in the order of their tasks; none before the plan is made. */
    public List<Partition> partitions(JobId id) {
        stored(id);
        return partitions.all(id);
    }

    /** A job as it has just been taken in; asks no database. */
    public Job takenIn(StoredJob job) {
        return views.of(job, Totals.NONE);
    }

    /**
     * Asks for a job to be cancelled, durably before it returns; a running call is stopped.
     *
     * @return the job as it is then: unchanged where it had ended
     */
    public Job cancel(JobId id) {
        cancellation.cancel(id);
        return get(id);
    }

    /**
     * Has a failed or cancelled job wait to go on where it stopped, durably before it returns.
     *
     * @throws WrongStatusException if it is in another status
     */
    public Job restart(JobId id, RestartChanges changes) {
        restart.restart(id, changes);
        return get(id);
    }

    /**
     * Forgets an ended job with all its files.
     *
     * @throws WrongStatusException if it has not ended
     */
    public void delete(JobId id) {
        deletion.delete(id);
    }
}
