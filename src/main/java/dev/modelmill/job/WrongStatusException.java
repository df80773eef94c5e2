package dev.modelmill.job;

/** A job's status does not allow what was asked; the message names the current one. */
public class WrongStatusException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final JobStatus current;

    public WrongStatusException(JobStatus current, String message) {
        super(message);
        this.current = current;
    }

    /** The status that the job has. */
    public JobStatus current() {
        return current;
    }
}
