package dev.modelmill.job.store;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.WrongStatusException;
import dev.modelmill.job.log.EventLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes jobs. Renaming the folder is the commit: from then on the job is gone, whatever happens, and what is left of it
 * (rows first, then files) is taken away at once, later, or at the next start. Shared between threads.
 */
@Component
public class Deletion {

    private static final Logger log = LoggerFactory.getLogger(Deletion.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JobRows rows;
    private final PromiseRows promises;
    private final RunningJobs running;
    private final DataFolder folder;
    private final EventLogs logs;
    private final Turns jobTurns;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Set<JobId> unfinished = ConcurrentHashMap.newKeySet();

    Deletion(
            JobRows rows,
            PromiseRows promises,
            RunningJobs running,
            DataFolder folder,
            EventLogs logs,
            Turns jobTurns,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.promises = promises;
        this.running = running;
        this.folder = folder;
        this.logs = logs;
        this.jobTurns = jobTurns;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    /**
     * Forgets an ended job with all its files. Waits a few seconds for the threads of a job that has just ended.
     *
     * @throws NoSuchJobException if there is none of that id
     * @throws WrongStatusException if it has not ended, or its threads have not
     */
    void delete(JobId id) {
        jobTurns.alone(id.value(), () -> {
            awaitThreads(id);
            transaction.executeWithoutResult(status -> commit(id));
            finish(id);
        });
    }

    private void awaitThreads(JobId id) {
        JobStatus status = rows.find(id).orElseThrow(() -> unknown(id)).status();
        refuseUnlessEnded(status);
        if (!running.awaitLeft(id, PATIENCE)) {
            throw new WrongStatusException(
                    status, "the job is " + status + ", but its last calls have not returned yet: try again later");
        }
    }

    private void commit(JobId id) {
        refuseUnlessEnded(promises.lock(id).orElseThrow(() -> unknown(id)));
        logs.forget(id.value());
        hide(id);
        promises.forget(id);
    }

    private static void refuseUnlessEnded(JobStatus status) {
        if (!status.ended()) {
            throw new WrongStatusException(status, "the job is " + status + ": cancel it first, then delete it");
        }
    }

    /** From here on the job is deleted; should the rows not follow, they will. */
    private void hide(JobId id) {
        try {
            folder.hide(id);
            unfinished.add(id);
        } catch (IOException e) {
            if (!folder.job(id).exists()) {
                unfinished.add(id);
            }
            throw new UncheckedIOException("the folder of job " + id + " can't be renamed", e);
        }
    }

    /**
     * Takes back a job that was never taken in: its folder may be there, and its row too, for nobody knows what became of
     * an insert that failed. What is left is taken away soon after, so that nobody waits for a database that is gone.
     */
    public void takeBack(JobId id) {
        hide(id);
    }

    /** Takes away what is left of a hidden job; where that fails it is tried again later. */
    void finish(JobId id) {
        try {
            takeAway(id);
        } catch (RuntimeException e) {
            log.warn("job {} is deleted, but not all of it could be taken away; trying again", id, e);
        }
    }

    private void takeAway(JobId id) {
        unfinished.add(id);
        jobTurns.alone(id.value(), () -> {
            promises.forget(id);
            events.publishEvent(new JobEvent.JobDeleted(id));
            removeFiles(id);
        });
        unfinished.remove(id);
    }

    private void removeFiles(JobId id) {
        try {
            folder.removeHidden(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away what could not be taken away before. */
    void finishAll() {
        for (JobId id : Set.copyOf(unfinished)) {
            try {
                takeAway(id);
            } catch (RuntimeException e) {
                log.debug("job {} could not be taken away yet", id, e);
            }
        }
    }

    private static NoSuchJobException unknown(JobId id) {
        return new NoSuchJobException(id.value());
    }
}
