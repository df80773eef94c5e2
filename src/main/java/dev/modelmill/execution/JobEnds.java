package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.log.EventLog;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.store.Endings;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.job.store.StoredJob;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Ends jobs: moves the row, then closes log and folder and tells everybody. What can't be written or told, because the
 * database or the disk is the fault, is owed until it can. Shared between threads.
 */
@Component
class JobEnds {

    private static final Logger log = LoggerFactory.getLogger(JobEnds.class);

    private final JobRows rows;
    private final PartitionRows partitions;
    private final Endings endings;
    private final EventLogs logs;
    private final ApplicationEventPublisher events;
    private final Map<JobId, JobError> owed = new ConcurrentHashMap<>();
    private final Set<JobId> untold = ConcurrentHashMap.newKeySet();

    JobEnds(JobRows rows, PartitionRows partitions, Endings endings, EventLogs logs, ApplicationEventPublisher events) {
        this.rows = rows;
        this.partitions = partitions;
        this.endings = endings;
        this.logs = logs;
        this.events = events;
    }

    /** Keeps a failure in mind until {@link #fail} has written it. */
    void owe(JobId id, JobError error) {
        owed.put(id, error);
    }

    /** Forgets what was owed to a job that has ended. */
    void settled(JobId id) {
        owed.remove(id);
    }

    /** The failure that a job is still to be told of. */
    Optional<JobError> owed(JobId id) {
        return Optional.ofNullable(owed.get(id));
    }

    /** Ends a job that does not run, as failed. */
    void fail(JobId id, Collection<JobStatus> from, JobError error, @Nullable String workers) {
        partitions.rest(id);
        move(id, from, JobStatus.FAILED, error, workers);
        close(id).ifPresent(end -> tell(id, end));
    }

    /** Ends a job that does not run and was to be cancelled. */
    void cancel(JobId id) {
        partitions.rest(id);
        move(id, Set.of(JobStatus.CANCELLING), JobStatus.CANCELLED, null, null);
        close(id).ifPresent(end -> tell(id, end));
    }

    /** Moves the row of a job to its end, where it is in one of some statuses; tells nobody yet. */
    void move(JobId id, Collection<JobStatus> from, JobStatus to, @Nullable JobError error, @Nullable String workers) {
        boolean moved = rows.end(id, from, to, error, workers);
        settled(id);
        if (moved && error != null) {
            log.warn("job {} failed: {}: {}", id, error.code().label(), error.detail());
        }
    }

    /**
     * Closes the log of a job whose run is over. Where the job has ended, its log and its folder say so then, before a
     * restart or a deletion may begin.
     *
     * @return how the job ended, or nothing where it goes on
     */
    Optional<JobStatus> close(JobId id) {
        untold.add(id);
        try {
            Optional<JobStatus> end = rows.find(id).map(StoredJob::status).filter(JobStatus::ended);
            if (end.isPresent()) {
                logs.findOpen(id.value()).ifPresent(EventLog::end);
                log.info("job {} is {}", id, end.get());
                endings.write(id);
            }
            untold.remove(id);
            return end;
        } finally {
            logs.close(id.value());
        }
    }

    /** Closes and tells what could not be told before, of jobs that do not run. */
    void catchUp(Predicate<JobId> idle) {
        for (JobId id : untold) {
            if (idle.test(id)) {
                close(id).ifPresent(end -> tell(id, end));
            }
        }
    }

    /** Tells everybody that a job has ended. */
    void tell(JobId id, JobStatus end) {
        events.publishEvent(new JobEvent.JobEnded(id, end));
    }
}
