package dev.modelmill.job.store;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.worker.WorkerShare;
import dev.modelmill.worker.WorkerStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is live of a job that runs in this service: whether it is to stop, its share of the workers, how fast it is lately.
 * Nothing here must survive; the rows are the truth. Shared between threads.
 */
public final class RunningJob {

    private final JobId id;
    private final Throughput throughput = new Throughput();
    private final Map<String, long[]> tasksByWorker = new HashMap<>();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private volatile @Nullable WorkerShare share;
    private volatile boolean prepared;
    private volatile boolean proven;

    public RunningJob(JobId id) {
        this.id = id;
    }

    /** The job. */
    public JobId id() {
        return id;
    }

    /** Why a running job is to stop. */
    public sealed interface Stop {

        /** A user cancelled it. */
        record Cancelled() implements Stop {}

        /** The service is stopping; it goes on at the next start. */
        record Shutdown() implements Stop {}

        /** The database is gone; it goes on when that is back. */
        record DatabaseGone() implements Stop {}

        /** It can't go on. */
        record Failed(JobError error) implements Stop {}
    }

    /** Asks the job to stop; the first reason counts. Ends its claims and calls. Never blocks. */
    public void stop(Stop reason) {
        stop.compareAndSet(null, reason);
        stopShare();
    }

    /**
     * Asks the job to stop at its next checkpoint: no new runs, but calls under way may end. A job that is not prepared yet
     * has no checkpoint to come to, and stops at once. Never blocks.
     */
    public void drain(Stop reason) {
        stop.compareAndSet(null, reason);
        if (!prepared) {
            stopShare();
        }
    }

    private void stopShare() {
        WorkerShare current = share;
        if (current != null) {
            current.stop();
        }
    }

    /** Tells that the model is there and runs may begin. */
    public void prepared() {
        prepared = true;
    }

    /** Why the job is to stop, or nothing while it is not. */
    public Optional<Stop> stopReason() {
        return Optional.ofNullable(stop.get());
    }

    /** Whether the job is to stop. */
    public boolean stopping() {
        return stop.get() != null;
    }

    /** Tells through which share the job has its workers. */
    public void sharing(WorkerShare opened) {
        share = opened;
        throughput.begin(System.nanoTime());
        if (stopping()) {
            opened.stop();
        }
    }

    /** Whether this run has committed tasks. */
    public boolean proven() {
        return proven;
    }

    /** Counts tasks that have been committed. */
    public void committed(String worker, long succeeded, long failed) {
        proven |= succeeded + failed > 0;
        throughput.add(System.nanoTime(), succeeded + failed);
        synchronized (tasksByWorker) {
            long[] counts = tasksByWorker.computeIfAbsent(worker, name -> new long[2]);
            counts[0] += succeeded;
            counts[1] += failed;
        }
    }

    /** Finished tasks a second, lately; null before anything was finished. */
    public @Nullable Double tasksPerSecond() {
        return throughput.perSecond(System.nanoTime());
    }

    /** The workers that have served the job since it began to run here. */
    public List<Job.Worker> workers() {
        WorkerShare current = share;
        List<Job.Worker> workers = new ArrayList<>();
        if (current != null) {
            for (WorkerStatus status : current.workers()) {
                workers.add(worker(status));
            }
        }
        return workers;
    }

    private Job.Worker worker(WorkerStatus status) {
        long[] counts;
        synchronized (tasksByWorker) {
            counts = tasksByWorker.getOrDefault(status.name(), new long[2]).clone();
        }
        double busyShare = status.servingSeconds() > 0 ? status.busySeconds() / status.servingSeconds() : 0;
        return new Job.Worker(
                status.name(),
                status.state(),
                counts[0],
                counts[1],
                rounded(Math.min(1, busyShare)),
                rounded(status.loadSeconds()),
                status.replacements());
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
