package dev.modelmill.api;

/** The service is starting or stopping and takes no jobs. */
class NotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReadyException() {
        super("the service is starting or stopping and takes no jobs now; try again in a moment");
    }
}
