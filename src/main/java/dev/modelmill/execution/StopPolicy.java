package dev.modelmill.execution;

import dev.modelmill.job.store.RunningJobs;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.stereotype.Component;

/**
 * Stops steps by our own flag. Spring Batch's {@code stop()} races with the step's own update, and an interrupt of the
 * thread would mark a partition completed with part of its data.
 */
@Component
class StopPolicy implements StepInterruptionPolicy {

    private final RunningJobs running;

    StopPolicy(RunningJobs running) {
        this.running = running;
    }

    @Override
    public void checkInterrupted(StepExecution step) throws JobInterruptedException {
        boolean stopping = running.find(JobRuns.jobOf(step.getJobExecution()))
                .map(job -> job.stopping())
                .orElse(true);
        if (stopping || step.isTerminateOnly()) {
            step.setTerminateOnly();
            throw new JobInterruptedException("the job is stopping");
        }
    }
}
