package dev.modelmill.model.onnx;

import static dev.modelmill.model.Tensors.bytes;
import static dev.modelmill.model.Tensors.floats;
import static dev.modelmill.model.Tensors.longs;
import static dev.modelmill.model.Tensors.shape;
import static dev.modelmill.model.Tensors.strings;
import static dev.modelmill.model.Tensors.taskShape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Outputs.Column;
import dev.modelmill.model.Tensor;
import dev.modelmill.model.TensorBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxInstanceTests {

    @TempDir
    Path root;

    private ModelsFolder models;
    private LoadedModel loaded;
    private ModelInstance instance;

    @BeforeEach
    void setUp() {
        models = new ModelsFolder(root);
    }

    @AfterEach
    void close() {
        if (loaded != null) {
            instance.close();
            loaded.close();
        }
    }

    private void open(OnnxModelBuilder model, String... settings) {
        loaded = models.with("m", model, settings).load("m");
        instance = loaded.open("m-1");
    }

    private List<Column> run(int size, Tensor... inputs) {
        try (Outputs outputs = instance.run(new TensorBatch(size, List.of(inputs)))) {
            assertThat(outputs.size()).isEqualTo(size);
            return outputs.columns();
        }
    }

    @ParameterizedTest
    @EnumSource(value = ElementType.class, mode = EnumSource.Mode.EXCLUDE, names = "STRING")
    void runWhenTypeIsNumericGivesTheSameBytes(ElementType type) {
        open(OnnxFiles.identity(type.label(), -1, 2));
        byte[] values = new byte[6 * type.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (type == ElementType.BOOL ? i % 2 : 7 * i + 1);
        }

        List<Column> columns = run(3, bytes("x", type, shape(3, 2), values));

        assertThat(bytes(columns.get(0))).isEqualTo(values);
        assertThat(taskShape(columns.get(0))).containsExactly(2);
        assertThat(((Column.OfTensor) columns.get(0)).values().type()).isEqualTo(type);
    }

    @Test
    void runWhenTypeIsStringGivesTheSameStrings() {
        open(OnnxFiles.identity("string", -1, 2));

        List<Column> columns = run(2, strings("x", shape(2, 2), "a", "", "é😀", "line\nbreak"));

        assertThat(strings(columns.get(0))).containsExactly("a", "", "é😀", "line\nbreak");
        assertThat(taskShape(columns.get(0))).containsExactly(2);
    }

    @Test
    void runWhenThereAreMoreStringsThanTheShapeSaysTakesTheFirst() {
        open(OnnxFiles.identity("string", -1));

        assertThat(strings(run(1, strings("x", shape(1), "now", "before")).get(0)))
                .containsExactly("now");
    }

    @Test
    void runWhenThereAreSeveralInputsAndOutputsKeepsThemApart() {
        open(OnnxFiles.sumAndDifference());

        List<Column> columns = run(2, floats("a", shape(2, 2), 1, 2, 3, 4), floats("b", shape(2, 2), 10, 20, 30, 40));

        assertThat(columns).extracting(column -> column.output().name()).containsExactly("sum", "difference");
        assertThat(floats(columns.get(0))).containsExactly(11, 22, 33, 44);
        assertThat(floats(columns.get(1))).containsExactly(-9, -18, -27, -36);
    }

    @Test
    void runWhenOutputsAreChosenAndRenamedGivesThemInThatOrder() {
        open(OnnxFiles.sumAndDifference(), "outputs: {difference: d, sum: s}");

        List<Column> columns = run(1, floats("a", shape(1, 2), 1, 2), floats("b", shape(1, 2), 3, 5));

        assertThat(columns).extracting(column -> column.output().resultName()).containsExactly("d", "s");
        assertThat(floats(columns.get(0))).containsExactly(-2, -3);
    }

    @Test
    void runWhenSizesChangeReusesTheBufferAndShowsOnlyTheBatch() {
        open(OnnxFiles.identity("float32", -1));
        float[] many = new float[100];
        many[99] = 99;

        assertThat(floats(run(100, floats("x", shape(100), many)).get(0))).isEqualTo(many);
        assertThat(floats(run(1, floats("x", shape(1), 5)).get(0))).containsExactly(5);
        List<Column> columns = run(2, floats("x", shape(2), 6, 7));
        assertThat(floats(columns.get(0))).containsExactly(6, 7);
        assertThat(taskShape(columns.get(0))).isEmpty();
        assertThat(((Column.OfTensor) columns.get(0)).values().data().isDirect())
                .isTrue();
    }

    @Test
    void runWhenInputBufferIsLargerReadsUpToItsLimit() {
        open(OnnxFiles.identity("float32", -1));
        ByteBuffer data = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
        data.putFloat(1).putFloat(2).flip();

        List<Column> columns = run(2, new Tensor("x", ElementType.FLOAT32, shape(2), data, null));

        assertThat(floats(columns.get(0))).containsExactly(1, 2);
        assertThat(data.position()).isZero();
    }

    @Test
    void runWhenInnerAxisIsDynamicTakesTasksOfAnyLength() {
        open(OnnxFiles.tokens());

        assertThat(longs(run(2, longs("tokens", shape(2, 3), 1, 2, 3, 4, 5, 6)).get(0)))
                .containsExactly(6, 15);
        List<Column> columns = run(1, longs("tokens", shape(1, 1), Long.MAX_VALUE));
        assertThat(longs(columns.get(0))).containsExactly(Long.MAX_VALUE);
        assertThat(taskShape(columns.get(1))).containsExactly(1);
    }

    @Test
    void runWhenTasksAreEmptyGivesEmptyValues() {
        open(OnnxFiles.tokens());

        List<Column> columns = run(2, longs("tokens", shape(2, 0)));

        assertThat(longs(columns.get(0))).containsExactly(0, 0);
        assertThat(longs(columns.get(1))).isEmpty();
        assertThat(taskShape(columns.get(1))).containsExactly(0);
    }

    @Test
    void runWhenBatchIsFixedAtOneTakesOneTask() {
        open(OnnxFiles.identity("float32", 1, 3));

        List<Column> columns = run(1, floats("x", shape(1, 3), 1, 2, 3));

        assertThat(floats(columns.get(0))).containsExactly(1, 2, 3);
        assertThat(taskShape(columns.get(0))).containsExactly(3);
    }

    @Test
    void runWhenThereIsNoBatchAxisGivesWholeTensors() {
        open(OnnxFiles.identity("float32", 2, 2), "batching: none");

        assertThat(taskShape(run(1, floats("x", shape(2, 2), 1, 2, 3, 4)).get(0)))
                .containsExactly(2, 2);
    }

    @Test
    void runWhenModelTakesAScalarGivesAScalar() {
        open(OnnxFiles.identity("float32"), "batching: none");

        List<Column> columns = run(1, floats("x", shape(), 7));

        assertThat(floats(columns.get(0))).containsExactly(7);
        assertThat(taskShape(columns.get(0))).isEmpty();
    }

    @Test
    void runWhenOutputIsAnInputHandedThroughGivesItsValues() {
        open(OnnxModelBuilder.model().input("x", "float32", -1).output("x", "float32", -1));

        assertThat(floats(run(2, floats("x", shape(2), 3, 4)).get(0))).containsExactly(3, 4);
    }

    @Test
    void runWhenOutputForgetsTheBatchSaysSo() {
        open(OnnxFiles.outputThatForgetsTheBatch());

        assertThatThrownBy(() -> run(2, floats("x", shape(2, 2), 1, 2, 3, 4)))
                .isInstanceOf(ModelException.class)
                .hasMessage("output \"y\" has the shape [1, 2] for 2 tasks, so it doesn't follow the batch: "
                        + "say batching: none in model.yml");
        assertThat(floats(run(1, floats("x", shape(1, 2), 1, 2)).get(0))).containsExactly(1, 2);
    }

    @Test
    void runWhenOutputHasAnotherShapeThanDeclaredGivesItAsItIs() {
        open(OnnxFiles.outputOfAnotherShape());

        List<Column> columns = run(2, floats("x", shape(2, 2), 1, 2, 3, 4));

        assertThat(floats(columns.get(0))).containsExactly(1, 3);
        assertThat(taskShape(columns.get(0))).containsExactly(1);
    }

    @Test
    void runWhenOutputIsASequenceGivesAnElementATask() {
        open(OnnxFiles.sequence());

        Column column = run(2, floats("x", shape(2, 2), 1, 2, 3, 4)).get(0);

        assertThat(((Column.OfObjects) column).values()).containsExactly(List.of(1f, 2f), List.of(3f, 4f));
    }

    @Test
    void runWhenOutputIsASequenceWithoutBatchGivesItWhole() {
        open(OnnxFiles.sequence(), "batching: none", "inputs: {x: {shape: [-1, 2]}}");

        Column column = run(1, floats("x", shape(3, 2), 1, 2, 3, 4, 5, 6)).get(0);

        assertThat(((Column.OfObjects) column).values())
                .containsExactly(List.of(List.of(1f, 2f), List.of(3f, 4f), List.of(5f, 6f)));
    }

    @Test
    void runWhenModelRefusesTheBatchSaysWhyAndStaysUsable() {
        open(OnnxFiles.lookup());

        assertThatThrownBy(() -> run(2, longs("position", shape(2), 1, 7)))
                .isInstanceOf(ModelException.class)
                .hasMessage("Gather node 'Gather_0': indices element out of data bounds, idx=7 must be within the"
                        + " inclusive range [-3,2]");
        assertThat(floats(run(2, longs("position", shape(2), 1, 2)).get(0))).containsExactly(20, 30);
    }

    @Test
    void runWhenShapeDoesNotFitSaysWhichAxis() {
        open(OnnxFiles.identity("float32", -1, 2));

        assertThatThrownBy(() -> run(1, floats("x", shape(1, 3), 1, 2, 3)))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "Got invalid dimensions for input: x for the following indices index: 1 Got: 3 Expected: 2");
    }
}
