package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.job.store.RunningJob.Stop;
import dev.modelmill.job.store.StorageFault;
import dev.modelmill.model.ModelException;
import dev.modelmill.task.input.InputChangedException;
import dev.modelmill.task.input.InputMismatchException;
import dev.modelmill.task.input.InputUnreadableException;
import dev.modelmill.task.output.OutputExistsException;
import dev.modelmill.task.output.PartDamagedException;
import dev.modelmill.worker.ModelUnavailableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;

/** What a failed step says to the user of the job. */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Why a job stops of which a step failed. */
    static Stop stop(StepExecution execution) {
        if (execution.getFailureExceptions().isEmpty()) {
            return new Stop.Failed(internal());
        }
        return stop(execution.getFailureExceptions().get(0));
    }

    /** Why a job stops in which something was thrown. */
    static Stop stop(Throwable failure) {
        return StorageFault.of(failure) == StorageFault.NO_DATABASE
                ? new Stop.DatabaseGone()
                : new Stop.Failed(of(failure));
    }

    static JobError of(Throwable failure) {
        if (StorageFault.of(failure) == StorageFault.NO_SPACE) {
            log.error("there is no space left: {}", failure.toString());
            return noSpace();
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            JobError known = known(cause);
            if (known != null) {
                return known;
            }
        }
        log.error("a step failed in a way that nobody expected", failure);
        return internal();
    }

    private static @Nullable JobError known(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof JobFailure failure) {
            return failure.error();
        }
        if (cause instanceof ModelUnavailableException || cause instanceof ModelException) {
            return new JobError(JobError.Code.MODEL_UNAVAILABLE, message);
        }
        if (cause instanceof InputUnreadableException || cause instanceof InputMismatchException) {
            return new JobError(JobError.Code.INPUT_UNREADABLE, message);
        }
        if (cause instanceof OutputExistsException) {
            return new JobError(JobError.Code.STORAGE_UNAVAILABLE, message);
        }
        if (cause instanceof InputChangedException) {
            return new JobError(JobError.Code.INPUT_CHANGED, message);
        }
        if (cause instanceof DataAccessException) {
            log.error("the database refused to serve", cause);
            return new JobError(
                    JobError.Code.STORAGE_UNAVAILABLE, "the database refused to serve; the service's log says why");
        }
        if (cause instanceof IOException || cause instanceof PartDamagedException) {
            log.error("a file could not be read or written", cause);
            return new JobError(
                    JobError.Code.STORAGE_UNAVAILABLE,
                    "a file of the job could not be read or written; when the storage is well again, restart the job");
        }
        return null;
    }

    static JobError noSpace() {
        return new JobError(
                JobError.Code.NO_SPACE,
                "there is no space left on the disk of the data folder or of the output; make room, then restart the job");
    }

    private static JobError internal() {
        return new JobError(
                JobError.Code.INTERNAL,
                "something went wrong that is not the job's fault; the service's log says what");
    }
}
