package dev.modelmill.execution;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.JobProperties;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.Reentry;
import dev.modelmill.job.store.RunningJob;
import dev.modelmill.job.store.RunningJob.Stop;
import dev.modelmill.job.store.RunningJobs;
import dev.modelmill.job.store.StorageFault;
import dev.modelmill.job.store.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Starts the jobs that wait: those of high priority first, then the oldest, as many at a time as may run. One thread of
 * its own looks at the rows whenever something has happened and once a second anyway, so that a lost event is no harm. At
 * start it goes on with the jobs that were running; at the end of the service it lets the runs come to a checkpoint.
 */
@Component
class JobDispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobDispatcher.class);

    /** Stops after the streams, before the web server: meanwhile requests get their 503 and readiness is down. */
    static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 256;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LAST_GRACE = Duration.ofMillis(500);

    private final Reentry reentry;
    private final BatchMending mending;
    private final Continuation continuation;
    private final JobLauncher launcher;
    private final JobRows rows;
    private final RunningJobs running;
    private final JobProperties properties;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean happened;
    private volatile boolean active;
    private volatile boolean started;
    private volatile long stopBy;
    private volatile Thread thread = new Thread(() -> {});

    JobDispatcher(
            Reentry reentry,
            BatchMending mending,
            Continuation continuation,
            JobLauncher launcher,
            JobRows rows,
            RunningJobs running,
            JobProperties properties) {
        this.reentry = reentry;
        this.mending = mending;
        this.continuation = continuation;
        this.launcher = launcher;
        this.rows = rows;
        this.running = running;
        this.properties = properties;
    }

    /** Goes on with what was running when the service ended, before the service is ready. */
    @Override
    public void start() {
        active = true;
        reentry.run();
        mending.mend();
        continuation.begin();
        continuation.goOn(() -> true);
        started = true;
        thread = new Thread(this::dispatch, "dispatcher");
        thread.start();
    }

    private void dispatch() {
        while (active) {
            try {
                if (continuation.goOn(() -> active)) {
                    startWaiting();
                }
            } catch (RuntimeException | Error e) {
                report(e);
            }
            awaitNews();
        }
    }

    private static void report(Throwable e) {
        if (StorageFault.of(e) == StorageFault.NONE) {
            log.error("the jobs that wait could not be looked at; trying again", e);
        } else {
            log.warn("the jobs that wait could not be looked at, trying again: {}", StorageFault.of(e));
        }
    }

    private void startWaiting() {
        int places = properties.maxRunningJobs() - running.all().size();
        if (places <= 0) {
            return;
        }
        List<StoredJob> waiting = rows.inStatus(Set.of(JobStatus.QUEUED), places);
        for (StoredJob job : waiting) {
            if (active && running.find(job.id()).isEmpty()) {
                launcher.start(job.id());
            }
        }
    }

    @EventListener
    void onEvent(JobEvent event) {
        if (event instanceof JobEvent.JobCancelling cancelling) {
            running.find(cancelling.id()).ifPresent(job -> job.stop(new Stop.Cancelled()));
        }
        if (event instanceof JobEvent.JobQueued || event instanceof JobEvent.JobEnded) {
            lock.lock();
            try {
                happened = true;
                news.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private void awaitNews() {
        lock.lock();
        try {
            if (!happened && active) {
                news.awaitNanos((continuation.isWaiting() ? SOON : LOOK).toNanos());
            }
            happened = false;
        } catch (InterruptedException e) {
            active = false;
        } finally {
            lock.unlock();
        }
    }

    /** From the first word of the service's end on nothing is begun; what runs goes on to its next checkpoint. */
    @EventListener
    void onEnd(ContextClosedEvent end) {
        active = false;
        stopBy = System.nanoTime() + GRACE.toNanos();
        running.all().forEach(job -> job.drain(new Stop.Shutdown()));
    }

    /**
     * Waits for the runs to come to their checkpoints, five seconds from the first word of the end, then stops the calls
     * that still go on. Jobs stay RUNNING and go on at the next start; none is blamed that did not end in time.
     */
    @Override
    public void stop() {
        active = false;
        awaitDispatcher();
        running.all().forEach(job -> job.drain(new Stop.Shutdown()));
        long grace = stopBy == 0 ? GRACE.toNanos() : Math.max(0, stopBy - System.nanoTime());
        if (!awaitNoneRunning(Duration.ofNanos(grace))) {
            running.all().forEach(job -> job.stop(new Stop.Shutdown()));
            awaitNoneRunning(LAST_GRACE);
        }
        running.all().forEach(this::clear);
        started = false;
    }

    /** It begins nothing more, once it has begun what it was about to. */
    private void awaitDispatcher() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(LAST_GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clear(RunningJob job) {
        try {
            rows.proven(job.id());
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private boolean awaitNoneRunning(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        lock.lock();
        try {
            while (!running.all().isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                news.awaitNanos(Math.min(left, 20_000_000L));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
