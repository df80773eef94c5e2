package dev.modelmill.model.onnx;

import static dev.modelmill.model.Tensors.floats;
import static dev.modelmill.model.Tensors.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelFiles;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.TensorBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTests {

    private static final Path DIGITS = Path.of("models/digits/model.onnx");

    @TempDir
    Path root;

    private final OnnxRuntime runtime = new OnnxRuntime();
    private ModelsFolder models;

    @BeforeEach
    void setUp() {
        models = new ModelsFolder(root.resolve("models"));
    }

    /** As a repository would make it, but for the checks that come before the runtime's. */
    private ModelVersion version(String name) throws IOException {
        Path folder = models.root().resolve(name);
        ModelFiles files = ModelFiles.of(folder, folder);
        return new ModelVersion(name, "1", files.digest(), folder, ModelSettings.DEFAULTS, files.fingerprint());
    }

    private void assertRefused(String name, String... parts) throws IOException {
        ModelVersion version = version(name);
        assertThatThrownBy(() -> runtime.inspect(version))
                .isInstanceOf(ModelException.class)
                .message()
                .contains(parts)
                .doesNotContain(root.toString(), "onnxruntime", "Error code", "::");
        assertThatThrownBy(() -> runtime.load(version)).isInstanceOf(ModelException.class);
    }

    @Test
    void inspectWhenFileIsNoModelSaysSo() throws IOException {
        models.withFile("text/model.onnx", "no model at all".getBytes(StandardCharsets.UTF_8))
                .withFile("empty/model.onnx", new byte[0])
                .withFile("cut/model.onnx", Arrays.copyOf(Files.readAllBytes(DIGITS), 100_000));

        assertRefused("text", "model.onnx can't be used: Protobuf parsing failed");
        assertRefused("empty", "model.onnx can't be used: ModelProto does not have a graph");
        assertRefused("cut", "model.onnx can't be used: Protobuf parsing failed");
    }

    @Test
    void inspectWhenFileIsMissingSaysSo() throws IOException {
        models.withSettings("none", "description: nothing here");

        assertRefused("none", "model.onnx is missing");
    }

    @Test
    void inspectWhenOperatorIsUnknownNamesIt() throws IOException {
        models.with(
                "foo",
                OnnxModelBuilder.model()
                        .input("x", "float32", -1)
                        .node("Foo", List.of("x"), "y")
                        .output("y", "float32", -1));

        assertRefused("foo", "No Op registered for Foo");
    }

    @Test
    void loadWhenExternalDataLiesInTheFolderReadsIt() throws IOException {
        models.with("m", OnnxFiles.externalData("weights.bin")).withFile("m/weights.bin", OnnxFiles.weights(10, 20));

        try (LoadedModel loaded = runtime.load(version("m"));
                ModelInstance instance = loaded.open("m-1");
                Outputs outputs = instance.run(new TensorBatch(1, List.of(floats("x", shape(1, 2), 1, 2))))) {
            assertThat(floats(outputs.columns().get(0))).containsExactly(11, 22);
            assertThat(loaded.memoryBytes())
                    .isEqualTo(8 + Files.size(models.root().resolve("m/model.onnx")));
        }
    }

    @Test
    void inspectWhenExternalDataLiesOutsideRefusesIt() throws IOException {
        models.withFile("weights.bin", OnnxFiles.weights(1, 2)).with("up", OnnxFiles.externalData("../weights.bin"));

        assertRefused("up", "External data path escapes model directory");
    }

    @Test
    void inspectWhenExternalDataIsALinkOutsideRefusesIt() throws IOException {
        models.withFile("weights.bin", OnnxFiles.weights(1, 2)).with("link", OnnxFiles.externalData("weights.bin"));
        ModelVersion before = version("link");
        Files.createSymbolicLink(
                models.root().resolve("link/weights.bin"), models.root().resolve("weights.bin"));

        assertThatThrownBy(() -> runtime.inspect(before))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("escapes model directory");
        assertThatThrownBy(() -> runtime.load(before))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("leads outside of the model's folder");
    }

    @Test
    void inspectWhenExternalDataIsMissingSaysSo() throws IOException {
        models.with("missing", OnnxFiles.externalData("weights.bin"));

        assertRefused("missing", "External data path does not exist", "weights.bin");
    }

    @Test
    void loadWhenFilesHaveChangedRefuses() throws IOException {
        models.with("m", OnnxFiles.identity("float32", -1));
        ModelVersion before = version("m");
        models.with("m", OnnxFiles.identity("float32", -1, 2));

        assertThatThrownBy(() -> runtime.load(before))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("changed while it was being loaded");
    }

    @Test
    void closeTwiceIsSafe() throws IOException {
        models.with("m", OnnxFiles.identity("float32", -1));
        LoadedModel loaded = runtime.load(version("m"));

        loaded.close();
        loaded.close();
    }
}
