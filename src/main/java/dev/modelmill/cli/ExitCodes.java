package dev.modelmill.cli;

import dev.modelmill.job.JobStatus;

/** What the process says at its end to who started it. */
final class ExitCodes {

    static final int COMPLETED = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int COMPLETED_WITH_ERRORS = 3;
    static final int INTERRUPTED = 130;

    private ExitCodes() {}

    /** The code of an ended job. */
    static int of(JobStatus status) {
        return switch (status) {
            case COMPLETED -> COMPLETED;
            case COMPLETED_WITH_ERRORS -> COMPLETED_WITH_ERRORS;
            default -> FAILED;
        };
    }
}
