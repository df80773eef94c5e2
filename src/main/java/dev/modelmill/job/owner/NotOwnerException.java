package dev.modelmill.job.owner;

/** The service can't have what it needs to itself, and so does not start; for its operator to read. */
final class NotOwnerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    NotOwnerException(String why, String remedy) {
        super(why);
        this.remedy = remedy;
    }

    NotOwnerException(String why, String remedy, Throwable cause) {
        super(why, cause);
        this.remedy = remedy;
    }

    /** What to change. */
    String remedy() {
        return remedy;
    }
}
