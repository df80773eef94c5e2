package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings the row and the folder of one job to agree at start. The folder knows what was promised (the job, restarts,
 * cancellation, how it ended) also after a loss of power that took commits from the database; the row knows the rest.
 */
@Component
class JobReconciliation {

    private static final Logger log = LoggerFactory.getLogger(JobReconciliation.class);

    private final JobRows rows;
    private final PromiseRows promises;
    private final PartitionRows partitions;
    private final JobPapers papers;
    private final Endings endings;
    private final Turns jobTurns;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    JobReconciliation(
            JobRows rows,
            PromiseRows promises,
            PartitionRows partitions,
            JobPapers papers,
            Endings endings,
            Turns jobTurns,
            PlatformTransactionManager transactions,
            JsonMapper json) {
        this.rows = rows;
        this.promises = promises;
        this.partitions = partitions;
        this.papers = papers;
        this.endings = endings;
        this.jobTurns = jobTurns;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
    }

    /** Makes one job agree with its folder; {@code known}: it has a row. */
    void reconcile(JobId id, JobFolder home, JobDescription told, boolean known) throws IOException {
        try {
            jobTurns.alone(id.value(), () -> {
                try {
                    inTurn(id, home, told, known);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void inTurn(JobId id, JobFolder home, JobDescription told, boolean known) throws IOException {
        if (!known) {
            enter(id, home, told);
        } else if (rows.find(id).filter(row -> row.restarts() < told.restarts()).isPresent()) {
            finishRestart(id, home, told);
        }
        StoredJob row = rows.find(id).orElse(null);
        if (row == null) {
            return;
        }
        Optional<JobEnding> ending = papers.ending(home, row.restarts());
        if (row.status().ended()) {
            if (ending.isEmpty()) {
                endings.write(id);
            }
        } else if (ending.isPresent()) {
            log.info("job {} had ended: its rows are restored", id);
            restore(told, ending.get());
        } else if (row.status() == JobStatus.CANCELLING || papers.cancelled(home, row.restarts())) {
            log.info("job {} was to be cancelled and is now", id);
            partitions.rest(id);
            rows.end(id, JobStatus.NOT_ENDED, JobStatus.CANCELLED, null, null);
            endings.write(id);
        }
    }

    /** Enters a job whose row is lost; nothing that its partitions have done is known, unless the job had ended. */
    private void enter(JobId id, JobFolder home, JobDescription told) throws IOException {
        Optional<JobEnding> ending = papers.ending(home, told.restarts());
        if (ending.isPresent()) {
            restore(told, ending.get());
        } else {
            StoredJob job = told.queued(json);
            home.clear();
            papers.forgetEnding(home);
            insert(job, List.of(), told.key());
        }
        log.info("job {} is entered again from its folder", id);
    }

    private void restore(JobDescription told, JobEnding ending) {
        insert(ending.ended(told, json), ending.partitions(), told.key());
    }

    /** In place of what the database has of the job, if anything. */
    private void insert(StoredJob job, List<Partition> all, @Nullable SubmissionKey key) {
        try {
            transaction.executeWithoutResult(status -> {
                promises.forget(job.id());
                rows.insert(job, key);
                partitions.restore(job.id(), all);
                partitions.rest(job.id());
            });
        } catch (DuplicateKeyException taken) {
            if (key == null) {
                throw taken;
            }
            log.warn("the Idempotency-Key of job {} belongs to another job; the job is entered without it", job.id());
            insert(job, all, null);
        }
    }

    /** The description counts a restart before the row does: what the row lacks is made up for. */
    private void finishRestart(JobId id, JobFolder home, JobDescription told) throws IOException {
        StoredJob row = rows.find(id).orElseThrow();
        boolean anew = !told.input().equals(row.input());
        StoredJob again = RestartChanges.again(row, told.request(), told.input(), told.restarts(), json);
        if (anew) {
            home.clear();
        }
        transaction.executeWithoutResult(status -> {
            if (anew) {
                partitions.forget(id);
            }
            promises.restart(again, List.of(JobStatus.values()));
        });
        log.info("the restart of job {} is finished", id);
    }
}
