package dev.modelmill.job;

import java.util.EnumSet;
import java.util.Set;

/** Where a job is in its life. The moves are those of the contract and no others. */
public enum JobStatus {
    QUEUED,
    RUNNING,
    CANCELLING,
    COMPLETED,
    COMPLETED_WITH_ERRORS,
    FAILED,
    CANCELLED;

    /** The states of jobs that have not ended. */
    public static final Set<JobStatus> NOT_ENDED = EnumSet.of(QUEUED, RUNNING, CANCELLING);

    /** Whether the job has ended. */
    public boolean ended() {
        return !NOT_ENDED.contains(this);
    }

    /** Whether a job may go from this status to another one. */
    public boolean mayBecome(JobStatus next) {
        return switch (this) {
            case QUEUED -> next == RUNNING || next == CANCELLED || next == FAILED;
            case RUNNING -> next == COMPLETED || next == COMPLETED_WITH_ERRORS || next == FAILED || next == CANCELLING;
            case CANCELLING ->
                next == CANCELLED || next == COMPLETED || next == COMPLETED_WITH_ERRORS || next == FAILED;
            case FAILED, CANCELLED -> next == QUEUED;
            case COMPLETED, COMPLETED_WITH_ERRORS -> false;
        };
    }
}
