package dev.modelmill.execution;

import dev.modelmill.job.Job;
import dev.modelmill.job.store.RunningJob;
import java.util.List;

/** The workers of a job as they are kept when it has ended: without what they are doing now. */
final class EndedWorkers {

    private EndedWorkers() {}

    static List<Job.Worker> of(RunningJob job) {
        return job.workers().stream()
                .map(worker -> new Job.Worker(
                        worker.name(),
                        null,
                        worker.succeeded(),
                        worker.failed(),
                        worker.busyShare(),
                        worker.loadSeconds(),
                        worker.replacements()))
                .toList();
    }
}
