package dev.modelmill.task.input;

/**
 * Why a task failed.
 *
 * @param code what kind of failure
 * @param message what was wrong, for whoever wrote the task or owns the model
 * @param attempts calls of the model that the task was part of; 1 for a task that was never part of one
 */
public record TaskFailure(Code code, String message, int attempts) {

    /** The kinds of failure, by their public names in lower case. */
    public enum Code {
        INVALID_TASK,
        MODEL_ERROR,
        WORKER_CRASHED,
        TIMEOUT
    }

    /** A task whose record or values don't fit. */
    public static TaskFailure invalid(String message) {
        return new TaskFailure(Code.INVALID_TASK, message, 1);
    }
}
