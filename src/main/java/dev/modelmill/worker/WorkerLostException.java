package dev.modelmill.worker;

/** A worker was given up with its thread and buffers because a call did not stop. */
public class WorkerLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WorkerLostException(String message) {
        super(message);
    }

    public WorkerLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
