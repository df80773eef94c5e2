package dev.modelmill.task.input;

/** An input is not what it was when its tasks were counted. The message says how that was noticed and names no path. */
public class InputChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InputChangedException(String message) {
        super(message);
    }
}
