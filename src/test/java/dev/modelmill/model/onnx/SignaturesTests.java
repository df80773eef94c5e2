package dev.modelmill.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.InputSpec;
import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Signature.Batching;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTests {

    @TempDir
    Path root;

    private Signature signature(OnnxModelBuilder model, String... settings) {
        var entry = new ModelsFolder(root).with("m", model, settings).entry("m");
        assertThat(entry.error()).isNull();
        return Objects.requireNonNull(entry.signature());
    }

    private AbstractStringAssert<?> assertError(OnnxModelBuilder model, String... settings) {
        var entry = new ModelsFolder(root).with("m", model, settings).entry("m");
        assertThat(entry.signature()).isNull();
        return assertThat(entry.error());
    }

    @Test
    void batchingWhenFirstAxesAreDynamicIsDynamic() {
        Signature signature = signature(OnnxFiles.identity("float32", -1, 2, 3));

        assertThat(signature.batching()).isEqualTo(Batching.DYNAMIC);
        assertThat(signature.inputs().get(0).taskShape()).containsExactly(2L, 3L);
        assertThat(signature.inputs().get(0).shape()).containsExactly(-1L, 2L, 3L);
    }

    @Test
    void batchingWhenAnAxisIsFixedAtOneIsOne() {
        assertThat(signature(OnnxFiles.identity("float32", 1, 2)).batching()).isEqualTo(Batching.ONE);
        OnnxModelBuilder mixed = OnnxModelBuilder.model()
                .input("a", "float32", -1, 2)
                .input("b", "float32", 1, 2)
                .node("Add", List.of("a", "b"), "y")
                .output("y", "float32", -1, 2);
        assertThat(signature(mixed).batching()).isEqualTo(Batching.ONE);
    }

    @Test
    void batchingWhenNoneTakesWholeTensors() {
        Signature signature = signature(OnnxFiles.identity("float32", 1, 2), "batching: none");

        assertThat(signature.batching()).isEqualTo(Batching.NONE);
        assertThat(signature.inputs().get(0).taskShape()).containsExactly(1L, 2L);
    }

    @Test
    void batchingWhenFirstAxisIsFixedAboveOneSaysNone() {
        assertError(OnnxFiles.identity("float32", 8, 2))
                .startsWith("input \"x\" has a first axis fixed at 8")
                .contains("batching: none");
    }

    @Test
    void batchingWhenInputOrOutputIsScalarSaysNone() {
        assertError(OnnxFiles.identity("float32"))
                .startsWith("input \"x\" is a scalar")
                .contains("batching: none");
        OnnxModelBuilder sum = OnnxModelBuilder.model()
                .input("x", "float32", -1)
                .node("ReduceSum", List.of("x"), "y", OnnxModelBuilder.Attribute.of("keepdims", 0))
                .output("y", "float32");
        assertError(sum).startsWith("output \"y\" is a scalar").contains("batching: none");
        assertThat(signature(sum, "batching: none").outputs().get(0).shape()).isEmpty();
    }

    @Test
    void batchingWhenOutputThatIsNotKeptIsScalarIgnoresIt() {
        OnnxModelBuilder model = OnnxFiles.identity("float32", -1)
                .node("ReduceSum", List.of("x"), "sum", OnnxModelBuilder.Attribute.of("keepdims", 0))
                .output("sum", "float32");

        assertError(model).contains("\"sum\" is a scalar");
        assertThat(signature(model, "outputs: [y]").outputs())
                .extracting(OutputSpec::name)
                .containsExactly("y");
    }

    @Test
    void shapeWhenModelDeclaresNoneForOutputIsUnknown() {
        OnnxModelBuilder model = OnnxModelBuilder.model()
                .inputWithoutShape("x", "float32")
                .node("Identity", List.of("x"), "y")
                .outputWithoutShape("y", "float32");

        Signature signature = signature(model, "inputs: {x: {shape: [3]}}");

        assertThat(signature.batching()).isEqualTo(Batching.DYNAMIC);
        assertThat(signature.inputs().get(0).shape()).containsExactly(-1L, 3L);
        assertThat(signature.outputs().get(0).shape()).isNull();
        assertError(model, "threads: 1")
                .startsWith("input \"x\" declares no shape")
                .contains("shape: [...]");
    }

    @Test
    void taskShapeWhenOneInnerAxisIsDynamicLeavesItOpen() {
        InputSpec input = signature(OnnxFiles.tokens()).inputs().get(0);

        assertThat(input.taskShape()).containsExactly(-1L);
        assertThat(input.elementsPerTask()).isEqualTo(-1);
    }

    @Test
    void taskShapeWhenSeveralInnerAxesAreDynamicComesFromTheSettings() {
        OnnxModelBuilder model = OnnxFiles.identity("float32", -1, -1, 3, -1);

        assertError(model).startsWith("input \"x\" has several dynamic axes, [-1, 3, -1]");
        assertThat(signature(model, "inputs: {x: {shape: [2, 3, 4]}}")
                        .inputs()
                        .get(0)
                        .taskShape())
                .containsExactly(2L, 3L, 4L);
        assertThat(signature(model, "inputs: {x: {shape: [2, 3, -1]}}")
                        .inputs()
                        .get(0)
                        .taskShape())
                .containsExactly(2L, 3L, -1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2, 4, 4]", "[2, 3]", "[2, -1, 4]", "[]"})
    void taskShapeWhenSettingsDoNotFitTheModelRefusesThem(String shape) {
        assertError(OnnxFiles.identity("float32", -1, -1, 3, -1), "inputs: {x: {shape: " + shape + "}}")
                .contains("doesn't fit the model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uint16", "uint32", "uint64", "bfloat16"})
    void typeWhenUnsupportedIsNamed(String type) {
        assertError(OnnxFiles.identity(type, -1, 2)).contains("input \"x\" is of type " + type);
    }

    @Test
    void typeWhenOutputIsUnsupportedMayBeLeftOut() {
        OnnxModelBuilder model = OnnxFiles.identity("float32", -1)
                .node("Cast", List.of("x"), "z", OnnxModelBuilder.Attribute.ofType("to", "uint16"))
                .output("z", "uint16", -1);

        assertError(model).contains("output \"z\" is of type uint16").contains("outputs: [...]");
        assertThat(signature(model, "outputs: [y]").outputs()).hasSize(1);
    }

    @Test
    void kindWhenInputIsASequenceOrOptionalIsRefused() {
        assertError(OnnxModelBuilder.model()
                        .sequenceInput("x", "float32")
                        .node("SequenceLength", List.of("x"), "y")
                        .output("y", "int64"))
                .contains("input \"x\" is of type sequence(float32)");
        assertError(OnnxModelBuilder.model()
                        .optionalInput("x", "float32", -1)
                        .node("OptionalGetElement", List.of("x"), "y")
                        .output("y", "float32", -1))
                .contains("optional");
    }

    @Test
    void inputsWhenUnknownAreRefusedWithTheKnown() {
        assertError(OnnxFiles.sumAndDifference(), "inputs: {c: {field: d}}")
                .isEqualTo("model.yml: inputs: the model has no input \"c\"; it has \"a\", \"b\"");
    }

    @Test
    void outputsWhenUnknownAreRefusedWithTheKnown() {
        assertError(OnnxFiles.sumAndDifference(), "outputs: [sum, product]")
                .isEqualTo("model.yml: outputs: the model has no output \"product\"; it has \"sum\", \"difference\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "id", "input"})
    void outputsWhenCalledLikeAFieldOfResultsMustBeRenamed(String name) {
        OnnxModelBuilder model = OnnxModelBuilder.model()
                .input("x", "float32", -1)
                .node("Identity", List.of("x"), name)
                .output(name, "float32", -1);

        assertError(model).contains("rename it, as outputs: {" + name + ": other_name}");
        assertThat(signature(model, "outputs: {" + name + ": y}").outputs().get(0))
                .extracting(OutputSpec::name, OutputSpec::resultName)
                .containsExactly(name, "y");
        assertError(OnnxFiles.identity("float32", -1), "outputs: {y: " + name + "}")
                .contains("rename it");
    }
}
