package dev.modelmill.cli;

/** A command can't go on; the message tells its user what is wrong and what to change. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** One of {@link ExitCodes}. */
    int exitCode() {
        return exitCode;
    }
}
