package dev.modelmill.task.input;

/** A task can't be decoded or does not fit its model; the message becomes the task's. Cheap: it has no stack trace. */
final class InvalidTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidTaskException(String message) {
        super(message, null, false, false);
    }
}
