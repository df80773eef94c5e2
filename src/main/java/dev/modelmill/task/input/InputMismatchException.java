package dev.modelmill.task.input;

/** An input does not have what its model needs: columns that are missing or too many. The message names them. */
public class InputMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InputMismatchException(String message) {
        super(message);
    }
}
