package dev.modelmill.api;

/** There is no model of that name or no such version of it. */
class UnknownModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownModelException(String reference) {
        super("there is no model \"" + reference + "\"");
    }
}
