package dev.modelmill.job.intake;

/** A body that is no JSON at all; the message says where it stops making sense. */
public class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String message) {
        super(message);
    }
}
