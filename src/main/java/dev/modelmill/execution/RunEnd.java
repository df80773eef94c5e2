package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.job.store.RunningJob;
import dev.modelmill.job.store.RunningJob.Stop;
import dev.modelmill.job.store.RunningJobs;
import dev.modelmill.job.store.StorageFault;
import dev.modelmill.job.store.StoredJob;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What comes after a run: ends the job where the run did not, gives back what the run held, and tells of the end. A run
 * that stopped because the service is stopping or the database is gone leaves its job RUNNING: {@link Continuation} goes on
 * with it. Used by the thread of the run.
 */
@Component
class RunEnd {

    private static final Logger log = LoggerFactory.getLogger(RunEnd.class);

    private final JobRuns runs;
    private final RunningJobs running;
    private final JobRows rows;
    private final PartitionRows partitions;
    private final JobEnds ends;
    private final DataFolder folder;
    private final JsonMapper json;

    RunEnd(
            JobRuns runs,
            RunningJobs running,
            JobRows rows,
            PartitionRows partitions,
            JobEnds ends,
            DataFolder folder,
            JsonMapper json) {
        this.runs = runs;
        this.running = running;
        this.rows = rows;
        this.partitions = partitions;
        this.ends = ends;
        this.folder = folder;
        this.json = json;
    }

    /**
     * Cleans up after a run; throws nothing.
     *
     * @param failure what broke the run off; null where it came to its end or was told to stop
     */
    void after(RunningJob live, @Nullable Throwable failure) {
        JobId id = live.id();
        attempt(id, () -> settle(live, failure));
        runs.leave(id);
        AtomicReference<JobStatus> end = new AtomicReference<>();
        attempt(id, () -> ends.close(id).ifPresent(end::set));
        running.leave(live);
        if (end.get() != null) {
            attempt(id, () -> ends.tell(id, end.get()));
        }
    }

    private static void attempt(JobId id, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            report(id, e);
        }
    }

    private void settle(RunningJob live, @Nullable Throwable failure) {
        JobId id = live.id();
        JobError error = error(live, failure);
        if (error != null) {
            ends.owe(id, error);
        }
        partitions.rest(id);
        StoredJob job = rows.find(id).orElse(null);
        if (job == null || job.status().ended()) {
            ends.settled(id);
            return;
        }
        String workers = json.writeValueAsString(EndedWorkers.of(live));
        if (job.status() == JobStatus.CANCELLING) {
            ends.move(id, Set.of(JobStatus.CANCELLING), JobStatus.CANCELLED, null, workers);
        } else if (error != null) {
            ends.move(id, Set.of(JobStatus.RUNNING, JobStatus.CANCELLING), JobStatus.FAILED, error, workers);
        } else {
            rows.proven(id);
        }
    }

    /** Why the job failed; null where it did not, or goes on. */
    private @Nullable JobError error(RunningJob live, @Nullable Throwable failure) {
        Stop reason = live.stopReason().orElse(null);
        if (reason instanceof Stop.Failed failed) {
            return failed.error();
        }
        if (reason instanceof Stop.DatabaseGone) {
            return withoutDatabase(live.id());
        }
        if (reason != null || failure == null) {
            return null;
        }
        return StorageFault.of(failure) == StorageFault.NO_DATABASE ? withoutDatabase(live.id()) : Failures.of(failure);
    }

    /** A database in the data folder may be gone because the disk is full: then the job fails for that. */
    private @Nullable JobError withoutDatabase(JobId id) {
        if (folder.full()) {
            return Failures.noSpace();
        }
        log.warn("job {} stands still without the database and goes on when that is back", id);
        return null;
    }

    private static void report(JobId id, Throwable e) {
        if (StorageFault.of(e) == StorageFault.NONE) {
            log.error("what became of job {} could not be written", id, e);
        } else {
            log.warn("what became of job {} is written when the storage is back: {}", id, StorageFault.of(e));
        }
    }
}
