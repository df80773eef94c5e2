package dev.modelmill.model.onnx;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Signature.Batching;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the signature of a model from what its file declares and its {@code model.yml} says. */
final class Signatures {

    private Signatures() {}

    /**
     * The signature.
     *
     * @throws ModelException if file and settings don't go together or the model is of a kind that isn't supported, saying
     *     what to change
     */
    static Signature of(List<DeclaredValue> inputs, List<DeclaredValue> outputs, ModelSettings settings) {
        requireSupported(inputs);
        requireKnown(inputs, settings);
        List<DeclaredValue> kept = KeptOutputs.select(outputs, settings);
        List<DeclaredValue> shaped = inputs.stream()
                .map(input -> TaskShapes.withShape(input, settings))
                .toList();
        Batching batching = BatchAxis.find(shaped, kept, settings);
        return new Signature(inputSpecs(shaped, batching, settings), outputSpecs(kept, settings), batching);
    }

    private static void requireSupported(List<DeclaredValue> inputs) {
        if (inputs.isEmpty()) {
            throw new ModelException("the model has no inputs, so there is nothing to give a task to");
        }
        for (DeclaredValue input : inputs) {
            if (input.elementType() == null) {
                throw new ModelException("input \"" + input.name() + "\" is of type " + input.type()
                        + ", which isn't supported; an input is a tensor of "
                        + Arrays.stream(ElementType.values())
                                .map(ElementType::label)
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private static void requireKnown(List<DeclaredValue> inputs, ModelSettings settings) {
        for (String name : settings.inputs().keySet()) {
            if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
                throw new ModelException(
                        "model.yml: inputs: the model has no input \"" + name + "\"; it has " + names(inputs));
            }
        }
    }

    static String names(List<DeclaredValue> values) {
        return values.stream().map(value -> '"' + value.name() + '"').collect(Collectors.joining(", "));
    }

    private static List<InputSpec> inputSpecs(List<DeclaredValue> inputs, Batching batching, ModelSettings settings) {
        return inputs.stream()
                .map(input -> inputSpec(input, batching, settings))
                .toList();
    }

    private static InputSpec inputSpec(DeclaredValue input, Batching batching, ModelSettings settings) {
        ModelSettings.Input said = settings.inputs().get(input.name());
        InputSpec.Source source = said == null ? InputSpec.Source.BY_NAME : said.source();
        List<Long> taskShape = TaskShapes.of(input, batching, settings);
        return new InputSpec(input.name(), input.elementType(), input.shape(), taskShape, source);
    }

    private static List<OutputSpec> outputSpecs(List<DeclaredValue> kept, ModelSettings settings) {
        return kept.stream()
                .map(output -> new OutputSpec(
                        output.name(),
                        KeptOutputs.resultName(output, settings),
                        output.type(),
                        output.elementType(),
                        output.shape()))
                .toList();
    }
}
