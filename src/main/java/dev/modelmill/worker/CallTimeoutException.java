package dev.modelmill.worker;

/** A call took longer than its model's timeout and was stopped. */
public class CallTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CallTimeoutException(String message) {
        super(message);
    }

    public CallTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
