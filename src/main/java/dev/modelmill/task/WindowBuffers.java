package dev.modelmill.task;

import dev.modelmill.model.Signature;
import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.input.DecodedWindow;
import dev.modelmill.task.input.TaskFailure;
import dev.modelmill.task.output.TaskEcho;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one window needs on its way, reused for the next: the decoded tasks, the lines of their results, and where in these
 * each task's line is. Belongs to a worker and its thread; grows with the largest window that the worker has met.
 */
final class WindowBuffers implements AutoCloseable {

    private final DecodedWindow window;
    private final ByteBuilder lines = new ByteBuilder(1 << 16);
    private final ByteBuilder error = new ByteBuilder(1 << 10);
    private final ByteBuilder echo = new ByteBuilder(1 << 10);
    private int[] from = new int[0];
    private int[] to = new int[0];
    private int[] attempts = new int[0];
    private @Nullable TaskFailure[] failures = new TaskFailure[0];

    /** Buffers for tasks of one model. */
    WindowBuffers(Signature signature) {
        window = new DecodedWindow(signature);
    }

    /** Moves the echo to a task. */
    void echo(int task, TaskEcho target, boolean withInput) {
        echo.clear();
        window.appendId(task, echo);
        int id = echo.length();
        if (withInput) {
            window.appendEcho(task, echo);
        }
        target.at(echo.array(), 0, id, withInput ? id : -1, echo.length());
    }

    DecodedWindow window() {
        return window;
    }

    ByteBuilder lines() {
        return lines;
    }

    /** The line of one error. */
    ByteBuilder error() {
        return error;
    }

    /** Forgets the window before; called once the next one is decoded. */
    void begin(int tasks) {
        lines.clear();
        if (from.length < tasks) {
            from = new int[tasks];
            to = new int[tasks];
            attempts = new int[tasks];
            failures = new TaskFailure[tasks];
        }
        Arrays.fill(attempts, 0, tasks, 0);
        Arrays.fill(failures, 0, tasks, null);
    }

    /** Says that a task's line is the last so many bytes of {@link #lines}. */
    void succeeded(int task, int begin) {
        from[task] = begin;
        to[task] = lines.length();
    }

    void failed(int task, TaskFailure failure) {
        failures[task] = failure;
    }

    @Nullable
    TaskFailure failure(int task) {
        return failures[task];
    }

    int from(int task) {
        return from[task];
    }

    int to(int task) {
        return to[task];
    }

    int attempts(int task) {
        return attempts[task];
    }

    void called(int task, int times) {
        attempts[task] += times;
    }

    @Override
    public void close() {
        window.close();
    }
}
