package dev.modelmill.api;

/** A parameter of the query that can't be understood; the message says what it may be. */
class BadParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    BadParameterException(String parameter, String expected, String given) {
        super(parameter + ": expected " + expected + ", got \"" + given + "\"");
        this.parameter = parameter;
    }

    String parameter() {
        return parameter;
    }
}
