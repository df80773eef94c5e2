package dev.modelmill.task.input;

/** A task does not fit; the message is its user's. Without a stack trace, since a file may be full of such tasks. */
final class InvalidTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidTaskException(String message) {
        super(message, null, false, false);
    }
}
