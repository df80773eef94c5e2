package dev.modelmill.execution;

import dev.modelmill.job.JobError;

/** A run of a job can't go on; carries what its user is told. */
final class JobFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient JobError error;

    JobFailure(JobError.Code code, String detail) {
        super(detail);
        this.error = new JobError(code, detail);
    }

    JobFailure(JobError.Code code, String detail, Throwable cause) {
        super(detail, cause);
        this.error = new JobError(code, detail);
    }

    JobError error() {
        return error;
    }
}
