package dev.modelmill.model.onnx;

import static dev.modelmill.model.Tensors.floats;
import static dev.modelmill.model.Tensors.shape;
import static dev.modelmill.model.onnx.OnnxModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.TensorBatch;
import dev.modelmill.model.onnx.OnnxModelBuilder.Attribute;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that no operator computes must arrive in pinned buffers, too: ONNX Runtime is free to just pass them on. */
class HandedThroughTests {

    @TempDir
    Path root;

    static Stream<OnnxModelBuilder> models() {
        return Stream.of(
                OnnxFiles.identity("float32", -1, 1),
                OnnxFiles.loop(0),
                model().input("x", "float32", -1, 1)
                        .integers("shape", new long[] {2}, -1, 1)
                        .node("Reshape", List.of("x", "shape"), "y")
                        .output("y", "float32", -1, 1),
                model().input("x", "float32", -1, 1)
                        .node("Cast", List.of("x"), "y", Attribute.ofType("to", "float32"))
                        .output("y", "float32", -1, 1),
                model().input("x", "float32", -1, 1)
                        .node("Identity", List.of("x"), "y")
                        .node("Identity", List.of("y"), "z")
                        .output("y", "float32", -1, 1)
                        .output("z", "float32", -1, 1),
                model().input("x", "float32", -1, 1)
                        .constant("yes", "bool", new long[] {}, new byte[] {1})
                        .node("If", List.of("yes"), "y", branch("then_branch"), branch("else_branch"))
                        .output("y", "float32", -1, 1),
                model().input("x", "float32", -1, 1)
                        .node("Abs", List.of("x"), "a")
                        .node("ReduceMax", List.of("a"), "m", Attribute.of("keepdims", 0))
                        .node("Cast", List.of("m"), "c", Attribute.ofType("to", "bool"))
                        .node("If", List.of("c"), "y", branch("then_branch"), branch("else_branch"))
                        .output("y", "float32", -1, 1));
    }

    private static Attribute branch(String name) {
        return Attribute.of(name, model().node("Identity", List.of("x"), "out").output("out", "float32", -1, 1));
    }

    @ParameterizedTest
    @MethodSource("models")
    void runWhenAValueIsHandedThroughGivesIt(OnnxModelBuilder model) {
        try (LoadedModel loaded = new ModelsFolder(root).with("m", model).load("m");
                ModelInstance instance = loaded.open("m-1");
                Outputs outputs = instance.run(new TensorBatch(2, List.of(floats("x", shape(2, 1), 3, 4))))) {
            assertThat(outputs.columns())
                    .allSatisfy(column -> assertThat(floats(column)).containsExactly(3, 4));
        }
    }
}
