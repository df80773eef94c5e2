package dev.modelmill.task.input;

/** An input can't be read at all, as opposed to a single bad record. The message says why and names no path. */
public class InputUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InputUnreadableException(String message) {
        super(message);
    }

    public InputUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
