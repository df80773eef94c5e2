package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/** The jobs that run in this service now. Shared between threads. */
@Component
public class RunningJobs {

    private final ConcurrentMap<JobId, RunningJob> running = new ConcurrentHashMap<>();
    private final Object left = new Object();

    /** Enters a job that begins to run. */
    public RunningJob enter(JobId id) {
        RunningJob job = new RunningJob(id);
        if (running.putIfAbsent(id, job) != null) {
            throw new IllegalStateException("job " + id + " is running already");
        }
        return job;
    }

    /** The live part of a job, or nothing where it does not run here. */
    public Optional<RunningJob> find(JobId id) {
        return Optional.ofNullable(running.get(id));
    }

    /** All of them, as they are now. */
    public Collection<RunningJob> all() {
        return List.copyOf(running.values());
    }

    /** Forgets a job that runs no more. */
    public void leave(RunningJob job) {
        running.remove(job.id(), job);
        synchronized (left) {
            left.notifyAll();
        }
    }

    /** Waits until a job does not run here. False where it still does after that time. */
    boolean awaitLeft(JobId id, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            synchronized (left) {
                while (running.containsKey(id)) {
                    long millis = (deadline - System.nanoTime()) / 1_000_000;
                    if (millis <= 0) {
                        return false;
                    }
                    left.wait(millis);
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
