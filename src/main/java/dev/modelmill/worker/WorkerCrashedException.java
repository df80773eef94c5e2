package dev.modelmill.worker;

/** A worker broke during a call, through no refusal of its model; it is replaced when its lease is closed. */
public class WorkerCrashedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WorkerCrashedException(String message, Throwable cause) {
        super(message, cause);
    }
}
