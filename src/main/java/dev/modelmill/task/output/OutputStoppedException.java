package dev.modelmill.task.output;

import java.io.IOException;

/** An output was told to stop before it was published; nothing of it is shown. */
public final class OutputStoppedException extends IOException {

    private static final long serialVersionUID = 1L;

    public OutputStoppedException() {
        super("the writing of the output was stopped");
    }
}
