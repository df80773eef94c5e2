package dev.modelmill.metrics;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.log.EventLogs;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Counts what happens to jobs and what is logged for them. */
@Component
class JobMeters {

    private final Meters meters;

    JobMeters(Meters meters, EventLogs logs) {
        this.meters = meters;
        logs.addListener((job, level) -> meters.logEvents(level).increment());
    }

    @EventListener
    void ended(JobEvent.JobEnded event) {
        meters.jobsFinished(event.status()).increment();
    }

    @EventListener
    void committed(JobEvent.TasksCommitted event) {
        meters.tasks(event.model(), "succeeded").increment(event.succeeded());
        meters.tasks(event.model(), "failed").increment(event.failed());
    }
}
