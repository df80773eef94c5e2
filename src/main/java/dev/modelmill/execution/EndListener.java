package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.job.store.RunningJob;
import dev.modelmill.job.store.RunningJob.Stop;
import dev.modelmill.job.store.RunningJobs;
import dev.modelmill.job.store.StoredJob;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ends a job whose run did not finish it, gives back what the run held, and tells of the end. A run that stopped because
 * the service is stopping leaves its job running: it goes on at the next start.
 */
@Component
class EndListener implements JobExecutionListener {

    private static final Logger log = LoggerFactory.getLogger(EndListener.class);

    private final JobRuns runs;
    private final RunningJobs running;
    private final JobRows rows;
    private final PartitionRows partitions;
    private final EventLogs logs;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;

    EndListener(
            JobRuns runs,
            RunningJobs running,
            JobRows rows,
            PartitionRows partitions,
            EventLogs logs,
            ApplicationEventPublisher events,
            JsonMapper json) {
        this.runs = runs;
        this.running = running;
        this.rows = rows;
        this.partitions = partitions;
        this.logs = logs;
        this.events = events;
        this.json = json;
    }

    @Override
    public void afterJob(JobExecution execution) {
        JobId id = JobRuns.jobOf(execution);
        Optional<RunningJob> live = running.find(id);
        try {
            live.ifPresent(job -> settle(job, execution));
        } finally {
            runs.leave(id);
            live.ifPresent(running::leave);
            tell(id);
        }
    }

    private void settle(RunningJob live, JobExecution execution) {
        partitions.rest(live.id());
        StoredJob job = rows.find(live.id()).orElse(null);
        if (job == null || job.status().ended()) {
            return;
        }
        String workers = json.writeValueAsString(EndedWorkers.of(live));
        if (job.status() == JobStatus.CANCELLING) {
            rows.end(job.id(), Set.of(JobStatus.CANCELLING), JobStatus.CANCELLED, null, workers);
            return;
        }
        Stop reason = live.stopReason().orElse(null);
        if (reason instanceof Stop.Shutdown) {
            return;
        }
        JobError error = reason instanceof Stop.Failed failed ? failed.error() : failure(execution);
        rows.end(job.id(), Set.of(JobStatus.RUNNING, JobStatus.CANCELLING), JobStatus.FAILED, error, workers);
        log.warn("job {} failed: {}: {}", job.id(), error.code().label(), error.detail());
    }

    private static JobError failure(JobExecution execution) {
        @Nullable
        Throwable failure =
                execution.getAllFailureExceptions().stream().findFirst().orElse(null);
        return Failures.of(failure == null ? new IllegalStateException("the run ended without a word") : failure);
    }

    private void tell(JobId id) {
        rows.find(id).ifPresent(job -> {
            if (job.status().ended()) {
                logs.findOpen(id.value()).ifPresent(open -> open.end());
                log.info("job {} is {}", id, job.status());
            }
            logs.close(id.value());
            if (job.status().ended()) {
                events.publishEvent(new JobEvent.JobEnded(id, job.status()));
            }
        });
    }
}
