package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.ServiceBusyException;
import dev.modelmill.job.WrongStatusException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Deletes jobs that ended longer ago than {@code modelmill.retention}, and finishes deletions and endings that could not
 * be finished before. One thread of its own, which is never interrupted because it may be inside the database.
 */
@Component
class Retention implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** Starts after the jobs have been brought to agree with their folders, stops before the web server. */
    private static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 384;

    private static final Duration PASS = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 1000;
    private static final long GRACE_MILLIS = 5000;

    private final PromiseRows promises;
    private final Deletion deletion;
    private final Endings endings;
    private final Duration retention;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private boolean active;
    private @Nullable Thread thread;

    Retention(PromiseRows promises, Deletion deletion, Endings endings, JobProperties properties, Clock clock) {
        this.promises = promises;
        this.deletion = deletion;
        this.endings = endings;
        this.retention = properties.retention();
        this.clock = clock;
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (thread == null) {
                active = true;
                thread = new Thread(this::work, "retention");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        long lastPass = System.nanoTime() - PASS.toNanos();
        do {
            try {
                finishLeftovers();
                if (System.nanoTime() - lastPass >= PASS.toNanos()) {
                    lastPass = System.nanoTime();
                    deleteOld();
                }
            } catch (RuntimeException e) {
                log.warn("old jobs could not be deleted now; trying again in a minute", e);
            }
        } while (awaitNext());
    }

    private boolean awaitNext() {
        lock.lock();
        try {
            return active && !stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && active;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void finishLeftovers() {
        deletion.finishAll();
        endings.writeAgain();
    }

    /** Deletes what is old enough now. */
    void deleteOld() {
        for (JobId id : promises.endedBefore(clock.instant().minus(retention))) {
            if (!isRunning()) {
                return;
            }
            try {
                deletion.delete(id);
                log.info("job {} is deleted: it ended longer ago than modelmill.retention", id);
            } catch (WrongStatusException | NoSuchJobException | ServiceBusyException changed) {
                log.debug("job {} is not deleted now: {}", id, changed.getMessage());
            } catch (UncheckedIOException e) {
                log.warn("job {} is old but can't be deleted now: {}", id, e.getMessage());
            }
        }
    }

    @Override
    public void stop() {
        Thread worker;
        lock.lock();
        try {
            active = false;
            stopped.signalAll();
            worker = thread;
            thread = null;
        } finally {
            lock.unlock();
        }
        if (worker != null) {
            try {
                worker.join(GRACE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return active;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
