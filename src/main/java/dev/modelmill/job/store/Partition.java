package dev.modelmill.job.store;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelmill.task.Checkpoint;
import dev.modelmill.task.input.PartitionRange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The row of a partition: its plan and how far it is.
 *
 * @param range the tasks and where they are in the input
 * @param state where it is in its life
 * @param attempts how often it was begun
 * @param filesAttempt the attempt whose part files hold what is committed; its number is in their names
 * @param worker the worker of its last run
 * @param checkpoint what is committed of it
 */
public record Partition(
        PartitionRange range,
        State state,
        int attempts,
        int filesAttempt,
        @Nullable String worker,
        Checkpoint checkpoint) {

    /** Where a partition is in its life. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED;

        /** {@code waiting}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Its number, from 0. */
    public int number() {
        return range.number();
    }

    /** Whether nothing of it is left to do. */
    public boolean done() {
        return state == State.DONE;
    }
}
