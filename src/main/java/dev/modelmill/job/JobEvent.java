package dev.modelmill.job;

/** What happened to a job, told after it is durable. Listeners reconcile by asking, so that a lost event is no harm. */
public sealed interface JobEvent {

    /** The job. */
    JobId id();

    /** A job waits to run. */
    record JobQueued(JobId id) implements JobEvent {}

    /** A job began to run. */
    record JobStarted(JobId id) implements JobEvent {}

    /** A job is to be cancelled. */
    record JobCancelling(JobId id) implements JobEvent {}

    /** A job has ended. */
    record JobEnded(JobId id, JobStatus status) implements JobEvent {}

    /** A job that had ended is gone with all that was kept of it. */
    record JobDeleted(JobId id) implements JobEvent {}

    /** Tasks of a job have their outcome, committed. */
    record TasksCommitted(JobId id, String model, long succeeded, long failed) implements JobEvent {}
}
