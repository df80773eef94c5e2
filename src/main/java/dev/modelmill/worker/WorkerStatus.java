package dev.modelmill.worker;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How one worker is.
 *
 * @param name the worker's name, {@code digits-1}
 * @param state what it does
 * @param busySeconds time that it has spent on runs of the job that asks
 * @param servingSeconds time since it was first claimed by that job
 * @param loadSeconds how long making it took, model loading and warm-up included
 * @param replacements how often the slot's worker has been replaced
 */
public record WorkerStatus(
        String name, State state, double busySeconds, double servingSeconds, double loadSeconds, int replacements) {

    /** What a worker does. */
    public enum State {
        STARTING,
        IDLE,
        BUSY,
        REPLACING;

        /** {@code starting}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
