package dev.modelmill.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why a job failed.
 *
 * @param code what kind of failure
 * @param detail what happened and what to change, for the user
 */
public record JobError(Code code, String detail) {

    /** The kinds of failure. */
    public enum Code {
        MODEL_UNAVAILABLE,
        MODEL_CHANGED,
        INPUT_CHANGED,
        INPUT_UNREADABLE,
        TOO_MANY_ERRORS,
        NO_SPACE,
        STORAGE_UNAVAILABLE,
        CRASH_LOOP,
        INTERNAL;

        /** {@code model_unavailable}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
