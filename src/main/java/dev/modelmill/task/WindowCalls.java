package dev.modelmill.task;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.Outputs;
import dev.modelmill.task.Suspects.Broken;
import dev.modelmill.task.Suspects.Call;
import dev.modelmill.task.input.DecodedWindow;
import dev.modelmill.task.input.TaskFailure;
import dev.modelmill.task.input.TaskGroup;
import dev.modelmill.task.output.ResultEncoder;
import dev.modelmill.task.output.TaskEcho;
import dev.modelmill.worker.CallTimeoutException;
import dev.modelmill.worker.WorkerContext;
import dev.modelmill.worker.WorkerCrashedException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends the valid tasks of one window through the model: one call for those of one shape; a call that fails is halved until
 * the tasks at fault stand alone, so that only they fail. Both halves are called before either is halved further: a
 * success of the one ends the row of failed calls that the other belongs to, so a single task at fault never brings its
 * window down. Which calls there are depends on the window alone. Confined to the worker's thread.
 */
final class WindowCalls {

    private final WorkerContext worker;
    private final WindowBuffers buffers;
    private final DecodedWindow window;
    private final Suspects suspects;
    private final ResultEncoder encoder;
    private final TaskEcho echo;
    private final boolean withInput;
    private final Deque<Call> halves = new ArrayDeque<>();

    WindowCalls(
            WorkerContext worker,
            WindowBuffers buffers,
            Suspects suspects,
            ResultEncoder encoder,
            TaskEcho echo,
            boolean withInput) {
        this.worker = worker;
        this.buffers = buffers;
        this.window = buffers.window();
        this.suspects = suspects;
        this.encoder = encoder;
        this.echo = echo;
        this.withInput = withInput;
    }

    /** Decides every task of the window; throws what stopped a call that gave no answer. */
    void decide() {
        int number = 0;
        for (TaskGroup group : window.groups()) {
            decide(group, new Call(number++, 0, group.size(), true));
            while (!halves.isEmpty()) {
                decide(group, halves.remove());
            }
        }
    }

    private void decide(TaskGroup group, Call call) {
        Broken known = suspects.broken(call);
        count(group, call, known == null ? 0 : known.times());
        if (known != null && suspects.exhausted(call)) {
            failOrHalve(group, call, known.code(), known.message());
        } else if (suspects.givenUp(call)) {
            fail(group, call, suspects.code(), "given up: three calls of its batch in a row ended without an answer");
        } else {
            call(group, call);
        }
    }

    private void call(TaskGroup group, Call call) {
        count(group, call, 1);
        suspects.calling(call);
        try (Outputs outputs = worker.call(group.batch(call.from(), call.to()))) {
            suspects.answered(true);
            encode(group, call, outputs);
        } catch (ModelException refused) {
            suspects.answered(false);
            failOrHalve(group, call, TaskFailure.Code.MODEL_ERROR, String.valueOf(refused.getMessage()));
        } catch (CallTimeoutException late) {
            suspects.brokeOff(TaskFailure.Code.TIMEOUT, String.valueOf(late.getMessage()));
            throw late;
        } catch (WorkerCrashedException crashed) {
            suspects.brokeOff(TaskFailure.Code.WORKER_CRASHED, String.valueOf(crashed.getMessage()));
            throw crashed;
        }
    }

    private void encode(TaskGroup group, Call call, Outputs outputs) {
        for (int row = call.from(); row < call.to(); row++) {
            int task = group.task(row);
            int begin = buffers.lines().length();
            buffers.echo(task, echo, withInput);
            encoder.encode(window.firstTask() + task, echo, outputs, row - call.from(), buffers.lines());
            buffers.succeeded(task, begin);
        }
    }

    private void failOrHalve(TaskGroup group, Call call, TaskFailure.Code code, String message) {
        int size = call.to() - call.from();
        if (size == 1) {
            fail(group, call, code, message);
            return;
        }
        int middle = call.from() + size / 2;
        halves.add(new Call(call.group(), call.from(), middle, false));
        halves.add(new Call(call.group(), middle, call.to(), false));
    }

    private void fail(TaskGroup group, Call call, TaskFailure.Code code, String message) {
        for (int row = call.from(); row < call.to(); row++) {
            int task = group.task(row);
            buffers.failed(task, new TaskFailure(code, message, Math.max(1, buffers.attempts(task))));
        }
    }

    private void count(TaskGroup group, Call call, int times) {
        for (int row = call.from(); times > 0 && row < call.to(); row++) {
            buffers.called(group.task(row), times);
        }
    }
}
