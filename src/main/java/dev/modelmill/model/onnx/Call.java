package dev.modelmill.model.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;

/**
 * One call of a model, which any thread may stop. The options live as long as the call, so stopping it never hits another
 * one.
 */
final class Call implements AutoCloseable {

    private final RunOptions options;
    private boolean terminated;
    private boolean closed;

    Call() throws OrtException {
        options = new RunOptions();
    }

    RunOptions options() {
        return options;
    }

    /** Stops the call if it has not ended; never blocks for longer than setting a flag takes. */
    synchronized void terminate() {
        if (closed) {
            return;
        }
        terminated = true;
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime doesn't stop a call", e);
        }
    }

    synchronized boolean isTerminated() {
        return terminated;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            options.close();
        }
    }
}
