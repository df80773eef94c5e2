package dev.modelmill.cli;

/** A command can't go on; the message tells its user what is wrong and what to change. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Spring Boot did not start, and has logged why. */
    static CommandFailedException notStarted() {
        return new CommandFailedException(ExitCodes.FAILED, "could not start; the lines above say why");
    }

    /** One of {@link ExitCodes}. */
    int exitCode() {
        return exitCode;
    }
}
