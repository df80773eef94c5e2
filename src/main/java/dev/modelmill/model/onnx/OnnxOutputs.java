package dev.modelmill.model.onnx;

import dev.modelmill.model.Outputs;
import java.util.List;

/**
 * The outputs of a call. They lie in buffers that their instance writes again in its next call, or on the heap; nothing
 * native stands behind them, so closing has nothing to free.
 */
record OnnxOutputs(int size, List<Column> columns) implements Outputs {

    @Override
    public void close() {}
}
