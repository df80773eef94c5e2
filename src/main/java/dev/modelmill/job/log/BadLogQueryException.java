package dev.modelmill.job.log;

/** A parameter of a query for logs can't be understood. The message says what it may be. */
public class BadLogQueryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    public BadLogQueryException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** The name of the parameter. */
    public String parameter() {
        return parameter;
    }
}
