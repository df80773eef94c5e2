package dev.modelmill.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelsFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTests {

    @TempDir
    Path root;

    private LoadedModel load(OnnxModelBuilder model, String... settings) {
        return new ModelsFolder(root).with("m", model, settings).load("m");
    }

    @Test
    void warmUpWhenModelTakesZerosGivesNothing() {
        for (OnnxModelBuilder model : List.of(
                OnnxFiles.tokens(),
                OnnxFiles.identity("string", -1, 2),
                OnnxFiles.identity("bool", 1),
                OnnxFiles.sequence())) {
            try (LoadedModel loaded = load(model)) {
                assertThat(loaded.warmUp()).isEmpty();
            }
        }
    }

    @Test
    void warmUpWhenThereIsNoBatchAxisUsesWholeTensors() {
        try (LoadedModel loaded = load(OnnxFiles.identity("float32", 2, -1), "batching: none")) {
            assertThat(loaded.warmUp()).isEmpty();
        }
    }

    @Test
    void warmUpWhenModelRefusesZerosGivesTheReason() {
        OnnxModelBuilder model = OnnxModelBuilder.model()
                .input("x", "int64", -1)
                .integers("minusFour", new long[] {}, -4)
                .floats("table", new long[] {2}, 1, 2)
                .node("Add", List.of("x", "minusFour"), "position")
                .node("Gather", List.of("table", "position"), "y")
                .output("y", "float32", -1);
        try (LoadedModel loaded = load(model)) {
            assertThat(loaded.warmUp())
                    .hasValueSatisfying(why -> assertThat(why).contains("out of data bounds"));
        }
    }

    @Test
    void warmUpWhenOutputDoesNotFollowTheBatchFails() {
        try (LoadedModel loaded = load(OnnxFiles.outputThatForgetsTheBatch())) {
            assertThatThrownBy(loaded::warmUp)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("batching: none");
        }
    }
}
