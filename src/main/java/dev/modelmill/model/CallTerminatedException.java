package dev.modelmill.model;

/** A call of a model was stopped from outside: a deadline, a cancelled job, a shutdown. Says nothing about the tasks. */
public class CallTerminatedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CallTerminatedException(String message) {
        super(message);
    }
}
