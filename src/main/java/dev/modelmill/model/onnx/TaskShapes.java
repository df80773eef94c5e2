package dev.modelmill.model.onnx;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.Signature.Batching;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of one task's values for an input, with {@code shape} of {@code model.yml} filled in. */
final class TaskShapes {

    private TaskShapes() {}

    /** The input itself, or where its file declares no shape the input with the one that {@code model.yml} says. */
    static DeclaredValue withShape(DeclaredValue input, ModelSettings settings) {
        if (input.shape() != null) {
            return input;
        }
        List<Long> said = saidFor(input, settings);
        if (said == null) {
            throw new ModelException("input \"" + input.name() + "\" declares no shape" + advice(input));
        }
        List<Long> whole = new ArrayList<>(said);
        if (!settings.batching().equals("none")) {
            whole.add(0, -1L);
        }
        return new DeclaredValue(
                input.name(), input.kind(), input.type(), input.elementType(), input.supported(), List.copyOf(whole));
    }

    /** The shape of a task: without the batch axis where there is one, with at most one dynamic axis. */
    static List<Long> of(DeclaredValue input, Batching batching, ModelSettings settings) {
        List<Long> whole = input.shape();
        List<Long> inner = batching == Batching.NONE ? whole : whole.subList(1, whole.size());
        List<Long> said = saidFor(input, settings);
        if (said != null) {
            requireFit(input, inner, said);
            return said;
        }
        if (inner.stream().filter(axis -> axis < 0).count() > 1) {
            throw new ModelException(
                    "input \"" + input.name() + "\" has several dynamic axes, " + text(inner) + advice(input));
        }
        return inner;
    }

    private static @Nullable List<Long> saidFor(DeclaredValue input, ModelSettings settings) {
        ModelSettings.Input said = settings.inputs().get(input.name());
        return said == null ? null : said.shape();
    }

    private static void requireFit(DeclaredValue input, List<Long> inner, List<Long> said) {
        boolean fits = inner.size() == said.size();
        for (int i = 0; fits && i < inner.size(); i++) {
            fits = inner.get(i) < 0 || inner.get(i).equals(said.get(i));
        }
        if (!fits) {
            throw new ModelException("model.yml: inputs: " + input.name() + ": shape " + text(said)
                    + " doesn't fit the model, whose tasks have the shape " + text(inner) + " (-1: any)");
        }
    }

    private static String advice(DeclaredValue input) {
        return ": say how large one task is, as inputs: {" + input.name() + ": {shape: [...]}} in model.yml";
    }

    private static String text(List<Long> shape) {
        return shape.toString();
    }
}
