package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.job.MaxErrors;
import dev.modelmill.job.store.PartitionRows.Totals;
import dev.modelmill.job.store.RunningJob;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.task.Checkpoint;
import dev.modelmill.task.TaskSettings;
import dev.modelmill.worker.WorkerShare;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job as its steps see it, all of it made from the rows and the folder by {@code prepare}. Shared between the
 * threads of the job's partitions.
 */
final class JobRun implements AutoCloseable {

    private final StoredJob job;
    private final RunningJob live;
    private final WorkerShare share;
    private final TaskSettings settings;
    private final Path parts;
    private final ModelVersion model;
    private final MaxErrors maxErrors;
    private final double secondsPerTask;
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong failedFirst = new AtomicLong();
    private final LongAdder busyNanos = new LongAdder();
    private final LongAdder ran = new LongAdder();
    private volatile long total;

    /**
     * Begins a run.
     *
     * @param secondsPerTask how long a task takes on one worker, as measured; 0 where nothing is known
     */
    JobRun(
            StoredJob job,
            RunningJob live,
            WorkerShare share,
            TaskSettings settings,
            Path parts,
            ModelVersion model,
            double secondsPerTask) {
        this.job = job;
        this.live = live;
        this.share = share;
        this.settings = settings;
        this.parts = parts;
        this.model = model;
        this.maxErrors = job.request().effectiveMaxErrors();
        this.secondsPerTask = secondsPerTask;
    }

    JobId id() {
        return job.id();
    }

    StoredJob job() {
        return job;
    }

    RunningJob live() {
        return live;
    }

    WorkerShare share() {
        return share;
    }

    TaskSettings settings() {
        return settings;
    }

    Path parts() {
        return parts;
    }

    ModelVersion model() {
        return model;
    }

    /** A worker was busy for so long with so many tasks, and nothing stopped it. */
    void worked(long nanos, long tasks) {
        busyNanos.add(nanos);
        ran.add(tasks);
    }

    /** How long workers have been busy in this run, taken together. */
    double busySeconds() {
        return busyNanos.sum() / 1e9;
    }

    /** How many tasks workers have dealt with in this run. */
    long ran() {
        return ran.sum();
    }

    /** What one worker is expected to do; null where nothing is known. */
    @Nullable
    Double tasksPerSecond() {
        return secondsPerTask > 0 ? 1 / secondsPerTask : null;
    }

    /** Says how many tasks there are and what an earlier run has done of them. */
    void planned(long tasks, Totals done) {
        total = tasks;
        counted(done);
    }

    /** Takes over what the rows say is done, while no partition is open. */
    void counted(Totals done) {
        failed.set(done.failed());
        failedFirst.set(done.failedFirst());
    }

    /** Counts no more what a partition had committed whose part files turned out to be damaged. */
    void lost(Checkpoint damaged) {
        failed.addAndGet(-damaged.failed());
        failedFirst.addAndGet(-damaged.failedFirst());
    }

    /** Counts what a commit added; stops the job once more tasks have failed than it bears. */
    void committed(String worker, Checkpoint before, Checkpoint after) {
        live.committed(worker, after.succeeded() - before.succeeded(), after.failed() - before.failed());
        failed.addAndGet(after.failed() - before.failed());
        failedFirst.addAndGet(after.failedFirst() - before.failedFirst());
        if (tooManyErrors()) {
            live.stop(new RunningJob.Stop.Failed(tooManyErrorsError()));
        }
    }

    /**
     * Ends a run that has nothing left to hope for.
     *
     * @throws JobFailure if more tasks have failed than the job bears
     */
    void refuseTooManyErrors() {
        if (tooManyErrors()) {
            JobError error = tooManyErrorsError();
            throw new JobFailure(error.code(), error.detail());
        }
    }

    private boolean tooManyErrors() {
        return maxErrors.exceeded(total, failed.get(), failedFirst.get());
    }

    private JobError tooManyErrorsError() {
        return new JobError(
                JobError.Code.TOO_MANY_ERRORS,
                failed.get() + " of " + total + " tasks failed; the job bears " + maxErrors
                        + " (maxErrors). The errors name each of them");
    }

    @Override
    public void close() {
        share.close();
    }
}
