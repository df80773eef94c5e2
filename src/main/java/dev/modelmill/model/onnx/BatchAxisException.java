package dev.modelmill.model.onnx;

import dev.modelmill.model.ModelException;
import java.util.Arrays;

/** An output does not have one value for each task of the batch, so nobody can tell whose values are whose. */
final class BatchAxisException extends ModelException {

    private static final long serialVersionUID = 1L;

    private BatchAxisException(String message) {
        super(message);
    }

    static BatchAxisException ofShape(String output, long[] shape, int tasks) {
        return of(output, "has the shape " + Arrays.toString(shape), tasks);
    }

    static BatchAxisException of(String output, String what, int tasks) {
        return new BatchAxisException(
                "output \"" + output + "\" " + what + " for " + tasks + (tasks == 1 ? " task" : " tasks")
                        + ", so it doesn't follow the batch: say batching: none in model.yml");
    }
}
