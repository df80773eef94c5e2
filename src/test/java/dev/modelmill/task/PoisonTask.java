package dev.modelmill.task;

/**
 * A task that may do harm to the call that it is part of.
 *
 * @param kind which harm
 * @param length how many numbers it has; tasks of one length go through the model together
 */
record PoisonTask(Kind kind, int length) {

    /** What a task does to its call. */
    enum Kind {
        FINE("ok"),
        REFUSED("model_error"),
        HANGING("timeout"),
        CRASHING("worker_crashed"),
        /** Hangs and can't be stopped either. */
        STUBBORN("timeout"),
        /** Doesn't fit the model, so it is part of no call. */
        INVALID("invalid_task");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        /** Whether its call gives no answer. */
        boolean silent() {
            return this == HANGING || this == CRASHING || this == STUBBORN;
        }
    }

    /** A line of the input. */
    String json(int number) {
        if (kind == Kind.INVALID) {
            return "{\"x\": [\"?\"]}";
        }
        StringBuilder json = new StringBuilder("{\"x\": [").append(number * 10L + kind.ordinal());
        json.append(", 0".repeat(length - 1));
        return json.append("]}").toString();
    }

    /** The kind of the task that has a number. */
    static Kind kindOf(long value) {
        return Kind.values()[(int) (value % 10)];
    }
}
