package dev.modelmill.model;

/** A model can't be read, loaded or run. The message is meant for the model's owner and carries no path of the server. */
public class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
