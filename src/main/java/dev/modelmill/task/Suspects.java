package dev.modelmill.task;

import dev.modelmill.task.input.TaskFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the calls of one window that ended by a crash or a timeout, so that a fresh worker that begins the
 * window again does not run into the same calls for ever. Written by the worker's thread; read by the partition's thread
 * when the worker is lost, which is why the call under way is volatile.
 *
 * <p>A window's first call of a group is repeated once on a fresh worker; a half of it is not. Three such ends in a row
 * without a success between give up all that is undecided.
 */
final class Suspects {

    private static final int TRIES_OF_WHOLE = 2;
    private static final int TRIES_OF_HALF = 1;
    private static final int IN_A_ROW = 3;

    /** The tasks of a group of a window that go through the model in one call. */
    record Call(int group, int from, int to, boolean whole) {

        int tries() {
            return whole ? TRIES_OF_WHOLE : TRIES_OF_HALF;
        }
    }

    private final Map<Call, Integer> broken = new HashMap<>();
    private final Set<Call> answered = new HashSet<>();
    private TaskFailure.Code code = TaskFailure.Code.TIMEOUT;
    private int inARow;
    private volatile @Nullable Call underWay;

    /** Says that a call begins. */
    void calling(Call call) {
        underWay = call;
    }

    /** Says that the call under way has ended with an answer; a repetition of an old success is none of its own. */
    void answered(boolean succeeded) {
        Call call = underWay;
        underWay = null;
        if (succeeded && call != null && answered.add(call)) {
            inARow = 0;
        }
    }

    /** Says that the call under way ended without an answer. */
    void brokeOff(TaskFailure.Code how) {
        Call call = underWay;
        if (call != null) {
            underWay = null;
            broken.merge(call, 1, Integer::sum);
            code = how;
            inARow++;
        }
    }

    /** How often a call has ended without an answer. */
    int broken(Call call) {
        return broken.getOrDefault(call, 0);
    }

    /** Whether a call has had all its tries. */
    boolean exhausted(Call call) {
        return broken(call) >= call.tries();
    }

    /** Whether all that is undecided of the window is to fail. */
    boolean givenUp() {
        return inARow >= IN_A_ROW;
    }

    /** How the last of these calls ended. */
    TaskFailure.Code code() {
        return code;
    }
}
