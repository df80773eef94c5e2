package dev.modelmill.worker;

/** A job's share of the workers has been stopped; the run or claim ends without a verdict on its tasks. */
public class ShareStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ShareStoppedException(String message) {
        super(message);
    }

    public ShareStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
