package dev.modelmill.job;

/** What was asked for can't be done at this moment but may be in the next; the message says what it waits for. */
public class ServiceBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServiceBusyException(String message) {
        super(message);
    }
}
