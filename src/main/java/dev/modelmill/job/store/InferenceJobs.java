package dev.modelmill.job.store;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.WrongStatusException;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.store.PartitionRows.Totals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All jobs: to look at, to cancel, to forget. Shared between threads. */
@Service
public class InferenceJobs {

    private static final TypeReference<List<Job.Worker>> WORKERS = new TypeReference<>() {};

    private final JobRows rows;
    private final PartitionRows partitions;
    private final RunningJobs running;
    private final DataFolder folder;
    private final EventLogs logs;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;

    InferenceJobs(
            JobRows rows,
            PartitionRows partitions,
            RunningJobs running,
            DataFolder folder,
            EventLogs logs,
            ApplicationEventPublisher events,
            JsonMapper json) {
        this.rows = rows;
        this.partitions = partitions;
        this.running = running;
        this.folder = folder;
        this.logs = logs;
        this.events = events;
        this.json = json;
    }

    /**
     * A job as it is now.
     *
     * @throws NoSuchJobException if there is none of that id
     */
    public Job get(JobId id) {
        return view(stored(id), partitions.totals(id));
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
                .map(job -> view(job, totals.getOrDefault(job.id(), Totals.NONE)))
                .toList();
    }

    /** The partitions of a job in the order of their tasks; none before the plan is made. */
    public List<Partition> partitions(JobId id) {
        stored(id);
        return partitions.all(id);
    }

    /**
     * Asks for a job to be cancelled, durably before it returns; a running call is stopped.
     *
     * @return the job as it is then: unchanged where it had ended
     */
    public Job cancel(JobId id) {
        stored(id);
        rows.cancel(id)
                .ifPresent(status -> events.publishEvent(
                        status == JobStatus.CANCELLED
                                ? new JobEvent.JobEnded(id, status)
                                : new JobEvent.JobCancelling(id)));
        return get(id);
    }

    /**
     * Forgets an ended job with all its files.
     *
     * @throws WrongStatusException if it has not ended
     */
    public void delete(JobId id) {
        StoredJob job = stored(id);
        if (!job.status().ended() || running.find(id).isPresent()) {
            throw new WrongStatusException(
                    job.status(), "the job is " + job.status() + ": cancel it first, then delete it");
        }
        try {
            logs.forget(id.value());
            folder.remove(id);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of job " + id + " can't be removed", e);
        }
        rows.delete(id);
    }

    private Job view(StoredJob job, Totals totals) {
        @Nullable RunningJob live = running.find(job.id()).orElse(null);
        List<Job.Worker> workers = List.of();
        if (job.status().ended() && job.workersJson() != null) {
            workers = json.readValue(job.workersJson(), WORKERS);
        } else if (live != null) {
            workers = live.workers();
        }
        return new Job(
                job.id(),
                job.model(),
                job.modelVersion(),
                job.modelDigest(),
                job.status(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.requestJson(),
                job.request().effectiveLabels(),
                job.priority(),
                job.batchSize(),
                job.restarts(),
                progress(job, totals, live),
                workers,
                job.error());
    }

    private static Job.Progress progress(StoredJob job, Totals totals, @Nullable RunningJob live) {
        long done = totals.succeeded() + totals.failed();
        Long total = job.total();
        Double rate = job.status().ended() ? overall(job, done) : live == null ? null : live.tasksPerSecond();
        Long left = null;
        if (job.status().ended()) {
            left = 0L;
        } else if (total != null && rate != null && rate > 0) {
            left = (long) Math.ceil((total - done) / rate);
        }
        return new Job.Progress(
                total, totals.succeeded(), totals.failed(), totals.readable(), percent(total, done), rate, left);
    }

    private static @Nullable Double percent(@Nullable Long total, long done) {
        if (total == null) {
            return null;
        }
        return total == 0 ? 100.0 : Math.floor(done * 1000.0 / total) / 10;
    }

    private static @Nullable Double overall(StoredJob job, long done) {
        if (job.startedAt() == null || job.finishedAt() == null || done == 0) {
            return null;
        }
        long millis =
                Math.max(1, Duration.between(job.startedAt(), job.finishedAt()).toMillis());
        return Math.round(done * 10_000.0 / millis) / 10.0;
    }
}
