package dev.modelmill.model.onnx;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which outputs results keep, in which order and under which names. */
final class KeptOutputs {

    private static final Set<String> TAKEN = Set.of("index", "id", "input");

    private KeptOutputs() {}

    /** The outputs that {@code model.yml} names, in its order, or all. */
    static List<DeclaredValue> select(List<DeclaredValue> outputs, ModelSettings settings) {
        List<DeclaredValue> kept = outputs;
        if (settings.outputs() != null) {
            kept = settings.outputs().keySet().stream()
                    .map(name -> find(name, outputs))
                    .toList();
        }
        requireUsable(kept, settings);
        return kept;
    }

    private static DeclaredValue find(String name, List<DeclaredValue> outputs) {
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ModelException("model.yml: outputs: the model has no output \"" + name
                        + "\"; it has " + Signatures.names(outputs)));
    }

    private static void requireUsable(List<DeclaredValue> kept, ModelSettings settings) {
        Set<String> used = new HashSet<>();
        for (DeclaredValue output : kept) {
            if (!output.supported()) {
                throw new ModelException(
                        "output \"" + output.name() + "\" is of type " + output.type()
                                + ", which isn't supported: name the outputs to keep without it, as outputs: [...] in model.yml");
            }
            String resultName = resultName(output, settings);
            if (TAKEN.contains(resultName)) {
                throw new ModelException("an output can't be called \"" + resultName
                        + "\" in the results: rename it, as outputs: {" + output.name() + ": other_name} in model.yml");
            }
            if (!used.add(resultName)) {
                throw new ModelException("two outputs are called \"" + resultName
                        + "\" in the results: rename one under" + " outputs in model.yml");
            }
        }
    }

    static String resultName(DeclaredValue output, ModelSettings settings) {
        Map<String, String> names = settings.outputs();
        return names == null ? output.name() : names.getOrDefault(output.name(), output.name());
    }
}
