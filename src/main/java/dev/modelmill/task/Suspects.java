package dev.modelmill.task;

import dev.modelmill.task.input.TaskFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the calls of one window that ended by a crash or a timeout, so that a fresh worker that begins the
 * window again does not run into the same calls once more. Written by the worker's thread; read by the partition's thread
 * when the worker is lost, which is why the call under way is volatile.
 *
 * <p>A window's first call of a group is repeated once on a fresh worker, and both together are one failed call; a half of
 * it is not repeated. Three failed calls in a row without a success between give up all that is undecided.
 */
final class Suspects {

    private static final int TRIES_OF_WHOLE = 2;
    private static final int TRIES_OF_HALF = 1;
    private static final int IN_A_ROW = 3;

    /** The tasks of a group of a window that go through the model in one call. */
    record Call(int group, int from, int to, boolean whole) {

        private int tries() {
            return whole ? TRIES_OF_WHOLE : TRIES_OF_HALF;
        }
    }

    /**
     * How a call ended that gave no answer.
     *
     * @param times how often
     * @param code how the last time
     * @param message what is said of it
     */
    record Broken(int times, TaskFailure.Code code, String message) {

        private Broken again(Broken later) {
            return new Broken(times + later.times, later.code, later.message);
        }
    }

    private final Map<Call, Broken> broken = new HashMap<>();
    private final Set<Call> answered = new HashSet<>();
    private TaskFailure.Code code = TaskFailure.Code.TIMEOUT;
    private int inARow;
    private volatile @Nullable Call underWay;

    /** Says that a call begins. */
    void calling(Call call) {
        underWay = call;
    }

    /** Says that the call under way has ended with an answer; an old one repeated for a fresh worker is no news. */
    void answered(boolean succeeded) {
        Call call = underWay;
        underWay = null;
        if (call != null && answered.add(call) && succeeded) {
            inARow = 0;
        }
    }

    /** Says that the call under way, if there is one, ended without an answer. */
    void brokeOff(TaskFailure.Code how, String message) {
        Call call = underWay;
        if (call != null) {
            underWay = null;
            broken.merge(call, new Broken(1, how, message), Broken::again);
            code = how;
            inARow += exhausted(call) ? 1 : 0;
        }
    }

    /** Whether no call has ended without an answer. */
    boolean none() {
        return broken.isEmpty();
    }

    /** How a call ended without an answer; null where it did not. */
    @Nullable
    Broken broken(Call call) {
        return broken.get(call);
    }

    /** Whether a call has had all its tries. */
    boolean exhausted(Call call) {
        Broken known = broken.get(call);
        return known != null && known.times() >= call.tries();
    }

    /** Whether a call is not to be made because too many before it failed. */
    boolean givenUp(Call call) {
        return inARow >= IN_A_ROW && !answered.contains(call);
    }

    /** How the last of these calls ended. */
    TaskFailure.Code code() {
        return code;
    }
}
