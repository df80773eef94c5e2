package dev.modelmill.job.store;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.NoSuchJobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Cancels jobs. A mark in the job's folder comes before the row: a crash in between cancels the job at the next start.
 * Shared between threads.
 */
@Component
class Cancellation {

    private final JobRows rows;
    private final DataFolder folder;
    private final JobPapers papers;
    private final Endings endings;
    private final Turns jobTurns;
    private final ApplicationEventPublisher events;

    Cancellation(
            JobRows rows,
            DataFolder folder,
            JobPapers papers,
            Endings endings,
            Turns jobTurns,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.folder = folder;
        this.papers = papers;
        this.endings = endings;
        this.jobTurns = jobTurns;
        this.events = events;
    }

    /**
     * Asks for a job to be cancelled, durably before it returns; does nothing where it has ended. Asking again is no harm.
     *
     * @throws NoSuchJobException if there is none of that id
     */
    void cancel(JobId id) {
        jobTurns.alone(id.value(), () -> inTurn(id)).ifPresent(status -> {
            if (status == JobStatus.CANCELLED) {
                endings.write(id);
                events.publishEvent(new JobEvent.JobEnded(id, status));
            } else {
                events.publishEvent(new JobEvent.JobCancelling(id));
            }
        });
    }

    private Optional<JobStatus> inTurn(JobId id) {
        StoredJob job = rows.find(id).orElseThrow(() -> new NoSuchJobException(id.value()));
        if (job.status().ended()) {
            return Optional.empty();
        }
        JobFolder home = folder.job(id);
        try {
            papers.markCancelled(home, job.restarts());
            return job.status() == JobStatus.CANCELLING ? Optional.of(JobStatus.CANCELLING) : move(id, home);
        } catch (IOException e) {
            throw new UncheckedIOException("job " + id + " can't be marked as cancelled", e);
        }
    }

    /** A mark without its row, because the job has ended or the database is gone, must not cancel at the next start. */
    private Optional<JobStatus> move(JobId id, JobFolder home) throws IOException {
        Optional<JobStatus> status = Optional.empty();
        try {
            status = rows.cancel(id);
            return status;
        } finally {
            if (status.isEmpty()) {
                papers.unmarkCancelled(home);
            }
        }
    }
}
