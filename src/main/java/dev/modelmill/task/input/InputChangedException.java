package dev.modelmill.task.input;

/** An input is not the one that was counted and cut into partitions. */
public class InputChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InputChangedException(String message) {
        super(message);
    }
}
