package dev.modelmill.api;

/** A range of bytes is asked for of which nothing is readable now. */
class RangeNotSatisfiableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long available;

    RangeNotSatisfiableException(long available) {
        super("the range begins behind the " + available + " bytes that are readable now");
        this.available = available;
    }

    long available() {
        return available;
    }
}
