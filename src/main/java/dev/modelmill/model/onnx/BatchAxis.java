package dev.modelmill.model.onnx;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.Signature.Batching;
import dev.modelmill.model.onnx.DeclaredValue.Kind;
import java.util.List;

/**
 * Tells how tasks go through a model together. An axis that is dynamic or 1 and comes first in every input and output is
 * the batch axis; where one of them is fixed at 1, a call takes one task. Whether outputs without a declared shape follow
 * the batch is seen when the model runs.
 */
final class BatchAxis {

    private static final String ADVICE =
            ": if a call takes the tensors of one task as they are, say batching: none in model.yml";

    private BatchAxis() {}

    /** The batching that model and settings give. */
    static Batching find(List<DeclaredValue> inputs, List<DeclaredValue> outputs, ModelSettings settings) {
        if (settings.batching().equals("none")) {
            return Batching.NONE;
        }
        inputs.forEach(input -> require("input", input));
        outputs.forEach(output -> require("output", output));
        boolean one =
                inputs.stream().anyMatch(BatchAxis::isFixed) || outputs.stream().anyMatch(BatchAxis::isFixed);
        return one ? Batching.ONE : Batching.DYNAMIC;
    }

    private static void require(String role, DeclaredValue value) {
        String what = role + " \"" + value.name() + "\" ";
        if (value.kind() == Kind.MAP) {
            throw new ModelException(what + "is one map a call and doesn't follow the batch" + ADVICE);
        }
        if (value.shape() == null) {
            return;
        }
        if (value.shape().isEmpty()) {
            throw new ModelException(what + "is a scalar and has no batch axis" + ADVICE);
        }
        long first = value.shape().get(0);
        if (first >= 0 && first != 1) {
            throw new ModelException(
                    what + "has a first axis fixed at " + first + ", which can't be the batch axis" + ADVICE);
        }
    }

    private static boolean isFixed(DeclaredValue value) {
        return value.shape() != null && value.shape().get(0) == 1;
    }
}
