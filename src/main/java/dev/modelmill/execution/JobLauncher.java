package dev.modelmill.execution;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.RunningJob;
import dev.modelmill.job.store.RunningJobs;
import dev.modelmill.job.store.StoredJob;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.task.TaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Begins runs of jobs. A run counts in the job's row, by compare-and-set, before it does anything. Used by the
 * dispatcher's thread.
 */
@Component
class JobLauncher {

    private static final Logger log = LoggerFactory.getLogger(JobLauncher.class);

    private final JobOperator operator;
    private final Job inference;
    private final JobRows rows;
    private final RunningJobs running;
    private final RunEnd runEnd;
    private final DataFolder folder;
    private final EventLogs logs;
    private final ApplicationEventPublisher events;
    private final TaskExecutor executor;

    JobLauncher(
            JobOperator operator,
            Job inference,
            JobRows rows,
            RunningJobs running,
            RunEnd runEnd,
            DataFolder folder,
            EventLogs logs,
            ApplicationEventPublisher events,
            @Qualifier("jobExecutor") TaskExecutor executor) {
        this.operator = operator;
        this.inference = inference;
        this.rows = rows;
        this.running = running;
        this.runEnd = runEnd;
        this.folder = folder;
        this.logs = logs;
        this.events = events;
        this.executor = executor;
    }

    /**
     * Begins the first run of a job that waits; does nothing where it waits no more, or has no folder because it was
     * refused after all.
     */
    void start(JobId id) {
        if (!folder.job(id).exists()) {
            return;
        }
        RunningJob live = running.enter(id);
        if (launch(live, () -> rows.start(id))) {
            events.publishEvent(new JobEvent.JobStarted(id));
        }
    }

    /**
     * Begins another run of a job whose last one broke off.
     *
     * @param alone whether it is tried alone after a death of the service: should that die again, the job is blamed
     * @return its live part, or nothing where it is running no more
     */
    Optional<RunningJob> resume(JobId id, boolean alone) {
        RunningJob live = running.enter(id);
        if (!launch(live, () -> rows.resume(id, alone))) {
            return Optional.empty();
        }
        log.info("job {} goes on", id);
        return Optional.of(live);
    }

    private boolean launch(RunningJob live, BooleanSupplier move) {
        boolean launched = false;
        try {
            if (move.getAsBoolean()) {
                executor.execute(() -> run(live));
                launched = true;
            }
            return launched;
        } finally {
            if (!launched) {
                running.leave(live);
            }
        }
    }

    /** A run from its first to its last word, on a thread of its own. */
    private void run(RunningJob live) {
        @Nullable Throwable failure = null;
        try {
            failure = execution(live);
        } catch (Exception | Error e) {
            failure = e;
        } finally {
            runEnd.after(live, failure);
        }
    }

    private @Nullable Throwable execution(RunningJob live) throws Exception {
        JobId id = live.id();
        StoredJob job = rows.find(id).orElseThrow();
        logs.open(id.value(), folder.job(id).path(), job.runs());
        JobExecution execution = operator.start(
                inference,
                new JobParametersBuilder()
                        .addString(JobRuns.JOB_PARAMETER, id.value())
                        .addLong("run", (long) job.runs())
                        .toJobParameters());
        return execution.getStatus().isUnsuccessful()
                ? execution.getAllFailureExceptions().stream()
                        .findFirst()
                        .orElseGet(() -> new IllegalStateException("the run ended without a word"))
                : null;
    }
}
