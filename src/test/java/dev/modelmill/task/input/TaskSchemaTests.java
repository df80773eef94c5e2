package dev.modelmill.task.input;

import static dev.modelmill.task.input.TestInputs.batched;
import static dev.modelmill.task.input.TestInputs.columns;
import static dev.modelmill.task.input.TestInputs.csv;
import static dev.modelmill.task.input.TestInputs.field;
import static dev.modelmill.task.input.TestInputs.jsonl;
import static dev.modelmill.task.input.TestInputs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.InputSpec.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskSchemaTests {

    @TempDir
    Path folder;

    @Test
    void bindTakesTheColumnOfTheInputsName() {
        assertThat(fields("id,b,a\n", spec("a", ElementType.INT8), spec("b", ElementType.INT8)))
                .containsExactly(List.of("a"), List.of("b"));
        assertThat(fields("id,x,y\n", spec("x", ElementType.INT8))).containsExactly(List.of("x"));
    }

    @Test
    void bindTakesAllColumnsOtherThanTheIdInFileOrderForAModelWithOneInput() {
        assertThat(fields("b,id,a\n", spec("x", ElementType.INT8, 2))).containsExactly(List.of("b", "a"));
        assertThat(fields("b,a,c\n", spec("x", ElementType.INT8, -1))).containsExactly(List.of("b", "a", "c"));
        assertThat(fields("b,a,c,d\n", spec("x", ElementType.INT8, -1, 2)))
                .containsExactly(List.of("b", "a", "c", "d"));
        assertThat(fields("id,text\n", spec("x", ElementType.STRING))).containsExactly(List.of("text"));
    }

    @Test
    void bindTakesWhatModelYmlNames() {
        assertThat(fields(
                        "a,b,c\n",
                        spec("x", ElementType.INT8, columns("c", "a"), 2),
                        spec("y", ElementType.INT8, field("b"))))
                .containsExactly(List.of("c", "a"), List.of("b"));
    }

    @Test
    void bindWhenTheFileIsEmptyTakesItForItHasNoTasks() {
        assertThat(fields("", spec("x", ElementType.INT8, 64))).isEmpty();
        assertThat(fields("\n\n", spec("x", ElementType.INT8), spec("y", ElementType.INT8)))
                .isEmpty();
    }

    @Test
    void bindWhenColumnsAreMissingNamesThem() {
        assertMismatch(
                "id,sepal_length\n",
                "the file has no columns \"sepal_width\", \"petal\"; its columns are \"id\", \"sepal_length\"",
                spec("sepal_width", ElementType.FLOAT32),
                spec("sepal_length", ElementType.FLOAT32),
                spec("petal", ElementType.FLOAT32));
        assertMismatch(
                "a\n", "the file has no column \"b\"; its columns are \"a\"", spec("x", ElementType.INT8, field("b")));
        String many = IntStream.range(0, 30).mapToObj(column -> "c" + column).collect(Collectors.joining(","));
        assertMismatch(many + "\n", "\"c6\", \"c7\" and 22 more", spec("x", ElementType.INT8, field("b")));
    }

    @Test
    void bindWhenTheNumberOfColumnsIsWrongSaysHowManyItNeeds() {
        String columns = IntStream.range(0, 63).mapToObj(column -> "p" + column).collect(Collectors.joining(","));
        InputSpec pixels = spec("pixels", ElementType.FLOAT32, 64);
        assertMismatch("id," + columns + "\n", "pixels: needs 64 columns, the file has 63 beside \"id\";", pixels);
        assertMismatch(columns + "\n", "pixels: needs 64 columns, the file has 63;", pixels);
        assertMismatch("id\n", "pixels: needs 64 columns, the file has 0 beside \"id\"", pixels);
        assertMismatch("p0;p1;p2\n", "the file has 1; is `input.delimiter` right?", pixels);
        assertMismatch("id\n", "x: needs a multiple of 1 columns, the file has 0", spec("x", ElementType.INT8, -1));
        assertMismatch(
                "a,b,c\n", "x: needs a multiple of 2 columns, the file has 3", spec("x", ElementType.INT8, -1, 2));
        assertMismatch("a,b\n", "x: needs nested values", spec("x", ElementType.INT8, -1, -1));
    }

    @Test
    void bindWhenModelYmlNamesTheWrongNumberOfColumnsSaysSo() {
        InputSpec spec = spec("x", ElementType.INT8, columns("a", "b"), 3);
        assertMismatch("a,b,c\n", "x: model.yml names 2 columns, the model takes 3 columns", spec);
        assertThatExceptionOfType(InputMismatchException.class)
                .isThrownBy(() -> TaskSchema.bind(jsonl(folder, ""), batched(spec)));
    }

    @Test
    void bindWhenColumnsAreNamedTwiceSaysWhich() {
        assertMismatch("a,b,a,b,c\n", "names a column more than once: \"a\", \"b\"", spec("c", ElementType.INT8));
    }

    @Test
    void bindWhenTheIdWasNamedRequiresIt() {
        TaskInput input = csv(folder, "id,x\n");
        TaskInput named = new TaskInput(input.file(), TaskFormat.CSV, ',', "key", 100);
        assertThatExceptionOfType(InputMismatchException.class)
                .isThrownBy(() -> TaskSchema.bind(named, batched(spec("x", ElementType.INT8))))
                .withMessage("the file has no column \"key\"; its columns are \"id\", \"x\"");
    }

    @Test
    void bindWhenTheMissingLiteralIsNoValueSaysSo() {
        Source missing = TestInputs.missing("NaN");
        assertMismatch(
                "x\n",
                "x: `missing` in model.yml is no int64: \"NaN\" is not an integer",
                spec("x", ElementType.INT64, missing));
        assertMismatch("x\n", "it is empty", spec("x", ElementType.INT64, TestInputs.missing("")));
        assertThat(fields("x\n", spec("x", ElementType.STRING, TestInputs.missing(""))))
                .hasSize(1);
    }

    @Test
    void bindOfJsonLinesGoesByNameWithoutReadingThem() {
        TaskSchema schema = TaskSchema.bind(jsonl(folder, "{bad"), batched(spec("x", ElementType.INT8, 64)));
        assertThat(schema.columns()).isEmpty();
        assertThat(schema.bindings().get(0).fields()).containsExactly("x");
    }

    private List<List<String>> fields(String text, InputSpec... inputs) {
        return TaskSchema.bind(csv(folder, text), batched(inputs)).bindings().stream()
                .map(InputBinding::fields)
                .toList();
    }

    private void assertMismatch(String text, String message, InputSpec... inputs) {
        assertThatExceptionOfType(InputMismatchException.class)
                .isThrownBy(() -> fields(text, inputs))
                .withMessageContaining(message);
    }
}
