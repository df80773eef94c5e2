package dev.modelmill.job.store;

import dev.modelmill.job.Job;
import dev.modelmill.job.store.PartitionRows.Totals;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes of a job's row, what is committed and what is live of it the job that everyone sees. Shared between threads. */
@Component
class JobViews {

    private static final TypeReference<List<Job.Worker>> WORKERS = new TypeReference<>() {};

    private final RunningJobs running;
    private final JsonMapper json;

    JobViews(RunningJobs running, JsonMapper json) {
        this.running = running;
        this.json = json;
    }

    /** A job as it is, with what is committed of it. */
    Job of(StoredJob job, Totals totals) {
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
