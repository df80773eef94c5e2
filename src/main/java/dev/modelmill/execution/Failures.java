package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.model.ModelException;
import dev.modelmill.task.input.InputChangedException;
import dev.modelmill.task.input.InputMismatchException;
import dev.modelmill.task.input.InputUnreadableException;
import dev.modelmill.task.output.OutputExistsException;
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

    static JobError of(StepExecution execution) {
        return execution.getFailureExceptions().isEmpty()
                ? internal()
                : of(execution.getFailureExceptions().get(0));
    }

    static JobError of(Throwable failure) {
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
            return new JobError(JobError.Code.STORAGE_UNAVAILABLE, "the database could not be reached");
        }
        if (cause instanceof IOException) {
            log.error("a file could not be read or written", cause);
            return message.contains("No space left")
                    ? new JobError(JobError.Code.NO_SPACE, "there is no space left on the disk of the data folder")
                    : new JobError(JobError.Code.STORAGE_UNAVAILABLE, "a file of the job could not be read or written");
        }
        return null;
    }

    private static JobError internal() {
        return new JobError(
                JobError.Code.INTERNAL,
                "something went wrong that is not the job's fault; the service's log says what");
    }
}
