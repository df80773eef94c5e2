package dev.modelmill.model.onnx;

import static dev.modelmill.model.Tensors.floats;
import static dev.modelmill.model.Tensors.longs;
import static dev.modelmill.model.Tensors.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Outputs.Column;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Tensor;
import dev.modelmill.model.TensorBatch;
import dev.modelmill.model.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The models that come with Modelmill give what Python's onnxruntime gave for the same rows. */
class SampleModelsTests {

    private static final int ROWS = 50;
    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final ModelsFolder MODELS = new ModelsFolder(Path.of("models"));

    @Test
    void digitsDeclaresPixelsLabelAndProbabilities() {
        Signature signature = Objects.requireNonNull(MODELS.entry("digits").signature());

        assertThat(signature.batching()).isEqualTo(Signature.Batching.DYNAMIC);
        assertThat(signature.inputs())
                .containsExactly(new InputSpec(
                        "pixels", ElementType.FLOAT32, List.of(-1L, 64L), List.of(64L), InputSpec.Source.BY_NAME));
        assertThat(signature.outputs())
                .containsExactly(
                        new OutputSpec("label", "label", "int64", ElementType.INT64, List.of(-1L)),
                        new OutputSpec(
                                "probabilities", "probabilities", "float32", ElementType.FLOAT32, List.of(-1L, 10L)));
    }

    @Test
    void digitsGivesTheExpectedAnswers() throws IOException {
        List<JsonNode> expected = expected("digits");
        List<String[]> rows = rows("digits");
        float[] pixels = new float[ROWS * 64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Float.parseFloat(rows.get(i / 64)[1 + i % 64]);
        }

        List<Column> columns = run("digits", Tensors.floats("pixels", Tensors.shape(ROWS, 64), pixels));

        for (int row = 0; row < ROWS; row++) {
            assertThat(longs(columns.get(0))[row])
                    .isEqualTo(expected.get(row).get("label").asLong());
            for (int digit = 0; digit < 10; digit++) {
                assertClose(
                        floats(columns.get(1))[10 * row + digit],
                        expected.get(row).get("probabilities").get(digit));
            }
        }
    }

    @Test
    void irisGivesTheExpectedAnswers() throws IOException {
        List<JsonNode> expected = expected("iris");
        List<String[]> rows = rows("iris");
        List<Tensor> inputs = new ArrayList<>();
        List<String> names = List.of("sepal_length", "sepal_width", "petal_length", "petal_width");
        for (int column = 0; column < names.size(); column++) {
            float[] values = new float[ROWS];
            for (int row = 0; row < ROWS; row++) {
                values[row] = Float.parseFloat(rows.get(row)[column]);
            }
            inputs.add(Tensors.floats(names.get(column), Tensors.shape(ROWS, 1), values));
        }

        List<Column> columns = run("iris", inputs.toArray(Tensor[]::new));

        assertThat(columns.get(1).output().type()).isEqualTo("sequence(map(string,float32))");
        List<Object> probabilities = ((Column.OfObjects) columns.get(1)).values();
        for (int row = 0; row < ROWS; row++) {
            assertThat(strings(columns.get(0))[row])
                    .isEqualTo(expected.get(row).get("label").asString());
            Map<?, ?> species = (Map<?, ?>) probabilities.get(row);
            assertThat(species.keySet().stream().map(String::valueOf))
                    .containsExactly("setosa", "versicolor", "virginica");
            for (var entry : species.entrySet()) {
                assertClose(
                        (Float) entry.getValue(),
                        expected.get(row).get("probabilities").get(String.valueOf(entry.getKey())));
            }
        }
    }

    private static List<Column> run(String model, Tensor... inputs) {
        try (LoadedModel loaded = MODELS.load(model);
                ModelInstance instance = loaded.open(model + "-1");
                Outputs outputs = instance.run(new TensorBatch(ROWS, List.of(inputs)))) {
            return outputs.columns();
        }
    }

    private static List<JsonNode> expected(String model) throws IOException {
        JsonMapper mapper = JsonMapper.shared();
        try (var lines = Files.lines(SAMPLES.resolve(model).resolve("expected.jsonl"))) {
            return lines.limit(ROWS).map(mapper::readTree).toList();
        }
    }

    private static List<String[]> rows(String model) throws IOException {
        try (var lines = Files.lines(SAMPLES.resolve(model).resolve("input.csv"))) {
            return lines.skip(1).limit(ROWS).map(line -> line.split(",", -1)).toList();
        }
    }

    private static void assertClose(float actual, JsonNode expected) {
        double value = expected.asDouble();
        assertThat((double) actual).isCloseTo(value, within(1e-6 + 1e-4 * Math.abs(value)));
    }
}
