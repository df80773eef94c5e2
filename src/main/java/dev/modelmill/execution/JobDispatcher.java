package dev.modelmill.execution;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobProperties;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.RunningJob;
import dev.modelmill.job.store.RunningJob.Stop;
import dev.modelmill.job.store.RunningJobs;
import dev.modelmill.job.store.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
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
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration LAST_GRACE = Duration.ofMillis(500);

    private final JobOperator operator;
    private final Job inference;
    private final BatchMending mending;
    private final JobRows rows;
    private final RunningJobs running;
    private final DataFolder folder;
    private final EventLogs logs;
    private final JobProperties properties;
    private final ApplicationEventPublisher events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean happened;
    private volatile boolean active;
    private volatile boolean started;
    private volatile long stopBy;
    private volatile Thread thread = new Thread(() -> {});

    JobDispatcher(
            JobOperator operator,
            Job inference,
            BatchMending mending,
            JobRows rows,
            RunningJobs running,
            DataFolder folder,
            EventLogs logs,
            JobProperties properties,
            ApplicationEventPublisher events) {
        this.operator = operator;
        this.inference = inference;
        this.mending = mending;
        this.rows = rows;
        this.running = running;
        this.folder = folder;
        this.logs = logs;
        this.properties = properties;
        this.events = events;
    }

    @Override
    public void start() {
        recover();
        active = true;
        started = true;
        thread = new Thread(this::dispatch, "dispatcher");
        thread.start();
    }

    /** Goes on with what was running when the service ended. */
    private void recover() {
        mending.mend();
        for (StoredJob job : rows.inStatus(Set.of(JobStatus.CANCELLING), Integer.MAX_VALUE)) {
            rows.end(job.id(), Set.of(JobStatus.CANCELLING), JobStatus.CANCELLED, null, null);
            log.info("job {} was to be cancelled and is now", job.id());
        }
        for (StoredJob job : rows.inStatus(Set.of(JobStatus.RUNNING), Integer.MAX_VALUE)) {
            log.info("job {} goes on", job.id());
            RunningJob live = running.enter(job.id());
            if (rows.resume(job.id())) {
                launch(live);
            } else {
                running.leave(live);
            }
        }
    }

    private void dispatch() {
        while (active) {
            try {
                startWaiting();
            } catch (RuntimeException e) {
                log.error("the jobs that wait could not be looked at; trying again", e);
            }
            awaitNews();
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
                startJob(job.id());
            }
        }
    }

    private void startJob(JobId id) {
        RunningJob live = running.enter(id);
        if (!rows.start(id)) {
            running.leave(live);
            return;
        }
        launch(live);
        events.publishEvent(new JobEvent.JobStarted(id));
    }

    private void launch(RunningJob live) {
        JobId id = live.id();
        try {
            StoredJob job = rows.find(id).orElseThrow();
            logs.open(id.value(), folder.job(id).path(), job.runs());
            if (job.status() == JobStatus.CANCELLING) {
                live.stop(new Stop.Cancelled());
            }
            operator.start(
                    inference,
                    new JobParametersBuilder()
                            .addString(JobRuns.JOB_PARAMETER, id.value())
                            .toJobParameters());
        } catch (Exception e) {
            log.error("job {} could not be started", id, e);
            rows.end(id, JobStatus.NOT_ENDED, JobStatus.FAILED, Failures.of(e), null);
            logs.findOpen(id.value()).ifPresent(open -> open.end());
            logs.close(id.value());
            running.leave(live);
            events.publishEvent(new JobEvent.JobEnded(id, JobStatus.FAILED));
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
                news.awaitNanos(LOOK.toNanos());
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
     * Waits for the runs to come to their checkpoints, eight seconds from the first word of the end, then stops the calls
     * that still go on. Jobs stay RUNNING and go on at the next start.
     */
    @Override
    public void stop() {
        active = false;
        running.all().forEach(job -> job.drain(new Stop.Shutdown()));
        long grace = stopBy == 0 ? GRACE.toNanos() : Math.max(0, stopBy - System.nanoTime());
        if (!awaitNoneRunning(Duration.ofNanos(grace))) {
            running.all().forEach(job -> job.stop(new Stop.Shutdown()));
            awaitNoneRunning(LAST_GRACE);
        }
        started = false;
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
