package dev.modelmill.job.store;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.ServiceBusyException;
import dev.modelmill.job.WrongStatusException;
import dev.modelmill.job.store.PartitionRows.Totals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has ended jobs wait again, to go on where they stopped. The job's description counts the restart before the row's
 * transaction ends: after a crash in between, the next start finishes the restart. Shared between threads.
 */
@Component
class JobRestart {

    private static final Logger log = LoggerFactory.getLogger(JobRestart.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<JobStatus> FROM = Arrays.stream(JobStatus.values())
            .filter(status -> status.mayBecome(JobStatus.QUEUED))
            .toList();

    private final JobRows rows;
    private final PromiseRows promises;
    private final PartitionRows partitions;
    private final RunningJobs running;
    private final DataFolder folder;
    private final JobPapers papers;
    private final Endings endings;
    private final Turns jobTurns;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;

    JobRestart(
            JobRows rows,
            PromiseRows promises,
            PartitionRows partitions,
            RunningJobs running,
            DataFolder folder,
            JobPapers papers,
            Endings endings,
            Turns jobTurns,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            JsonMapper json) {
        this.rows = rows;
        this.promises = promises;
        this.partitions = partitions;
        this.running = running;
        this.folder = folder;
        this.papers = papers;
        this.endings = endings;
        this.jobTurns = jobTurns;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.json = json;
    }

    /**
     * Restarts a job, durably before it returns; of several at once one does.
     *
     * @throws NoSuchJobException if there is none of that id
     * @throws WrongStatusException if it is in a status that can't be restarted
     * @throws ServiceBusyException if the threads of its last run have not ended yet
     */
    void restart(JobId id, RestartChanges changes) {
        jobTurns.alone(id.value(), () -> {
            StoredJob before = restartable(id);
            if (!running.awaitLeft(id, PATIENCE)) {
                throw new ServiceBusyException(
                        "the last calls of the job have not returned yet; try again in a moment");
            }
            try {
                transaction.executeWithoutResult(status -> commit(restartable(id), changes));
            } catch (RuntimeException e) {
                takeBack(before);
                throw e;
            }
        });
        events.publishEvent(new JobEvent.JobQueued(id));
    }

    /** What was refused must not begin at the next start: the folder says again what it said before. */
    private void takeBack(StoredJob before) {
        JobFolder home = folder.job(before.id());
        try {
            JobDescription told = papers.description(home).orElse(null);
            if (told != null && told.restarts() > before.restarts()) {
                papers.describe(home, JobDescription.of(before, told.key()));
                endings.write(before.id());
            }
        } catch (IOException | RuntimeException e) {
            log.error("the restart of job {} was refused, but its folder says that it was restarted", before.id(), e);
        }
    }

    private StoredJob restartable(JobId id) {
        StoredJob job = rows.find(id).orElseThrow(() -> new NoSuchJobException(id.value()));
        if (!job.status().mayBecome(JobStatus.QUEUED)) {
            throw refusal(job.status());
        }
        return job;
    }

    private static WrongStatusException refusal(JobStatus status) {
        return new WrongStatusException(
                status, "the job is " + status + ": only a job that is FAILED or CANCELLED can be restarted");
    }

    private void commit(StoredJob job, RestartChanges changes) {
        try {
            JobFolder home = folder.job(job.id());
            JobInput input = current(job, home);
            boolean anew = !input.equals(job.input());
            StoredJob again = RestartChanges.again(
                    job, changes.appliedTo(job.requestJson(), json), input, job.restarts() + 1, json);
            if (!promises.restart(again, FROM)) {
                throw refusal(rows.find(job.id()).orElse(job).status());
            }
            if (anew) {
                partitions.forget(job.id());
                home.clear();
            }
            papers.describe(
                    home, JobDescription.of(again, promises.keyOf(job.id()).orElse(null)));
            papers.reopen(home);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of job " + job.id() + " can't be written", e);
        }
    }

    /** The input to go on with: as it is now where no task has been finished, for then nothing hangs on the old one. */
    private JobInput current(StoredJob job, JobFolder home) throws IOException {
        JobInput input = job.input();
        Path source = home.source(input);
        Totals totals = partitions.totals(job.id());
        if (input.own() || totals.succeeded() + totals.failed() > 0 || !Files.isReadable(source)) {
            return input;
        }
        return input.changedTo(
                Files.size(source), Files.getLastModifiedTime(source).toMillis());
    }
}
