package dev.modelmill.task.input;

import static dev.modelmill.task.input.TestInputs.batched;
import static dev.modelmill.task.input.TestInputs.columns;
import static dev.modelmill.task.input.TestInputs.field;
import static dev.modelmill.task.input.TestInputs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.InputSpec.Source;
import dev.modelmill.model.Signature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every format gives: the same tasks become the same tensors and the same messages. Values are written as JSON. */
class TaskFormatContractTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void integersAreExactOverTheirWholeRange(TaskFormat format) {
        assertThat(values(
                        format,
                        spec("x", ElementType.INT64),
                        "-9223372036854775808",
                        "9223372036854775807",
                        "9007199254740993"))
                .containsExactly("-9223372036854775808", "9223372036854775807", "9007199254740993");
        assertThat(values(format, spec("x", ElementType.INT32), "-2147483648", "2147483647"))
                .containsExactly("-2147483648", "2147483647");
        assertThat(values(format, spec("x", ElementType.INT16), "-32768", "32767"))
                .containsExactly("-32768", "32767");
        assertThat(values(format, spec("x", ElementType.INT8), "-128", "127")).containsExactly("-128", "127");
        assertThat(values(format, spec("x", ElementType.UINT8), "0", "255")).containsExactly("0", "255");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void integersOutOfRangeFailTheirTask(TaskFormat format) {
        assertThat(values(format, spec("x", ElementType.INT64), "9223372036854775808", "-9223372036854775809", "1e19"))
                .allMatch(text -> text.contains("is out of range: -9223372036854775808 to 9223372036854775807"));
        assertThat(values(format, spec("x", ElementType.INT32), "2147483648"))
                .containsExactly("!x: \"2147483648\" is out of range: -2147483648 to 2147483647");
        assertThat(values(format, spec("x", ElementType.INT16), "32768"))
                .containsExactly("!x: \"32768\" is out of range: -32768 to 32767");
        assertThat(values(format, spec("x", ElementType.INT8), "128", "-129"))
                .containsExactly(
                        "!x: \"128\" is out of range: -128 to 127", "!x: \"-129\" is out of range: -128 to 127");
        assertThat(values(format, spec("x", ElementType.UINT8), "-1", "256"))
                .containsExactly("!x: \"-1\" is out of range: 0 to 255", "!x: \"256\" is out of range: 0 to 255");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void integersMayBeWrittenWithAPointButHaveNoFraction(TaskFormat format) {
        assertThat(values(format, spec("x", ElementType.INT64), "3.0", "1e3", "3.5", "-0.0"))
                .containsExactly("3", "1000", "!x: \"3.5\" is not an integer", "0");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void floatsAreRoundedOnce(TaskFormat format) {
        assertThat(values(
                        format,
                        spec("x", ElementType.FLOAT32),
                        "1.00000017881393432617187499",
                        "16777217",
                        "0.1",
                        "1e-50",
                        "-0.0"))
                .containsExactly("1.0000001", "1.6777216E7", "0.1", "0.0", "-0.0");
        assertThat(values(format, spec("x", ElementType.FLOAT64), "0.1", "1e308", "9007199254740993"))
                .containsExactly("0.1", "1.0E308", "9.007199254740992E15");
        assertThat(values(format, spec("x", ElementType.FLOAT16), "0.1", "65504", "65519.99", "-2049", "6e-8"))
                .containsExactly("0.099975586", "65504.0", "65504.0", "-2048.0", "5.9604645E-8");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void floatsThatWouldBecomeInfiniteFailTheirTask(TaskFormat format) {
        assertThat(values(format, spec("x", ElementType.FLOAT32), "3.5e38", "-1e99"))
                .containsExactly(
                        "!x: \"3.5e38\" is out of range: it would become infinite",
                        "!x: \"-1e99\" is out of range: it would become infinite");
        assertThat(values(format, spec("x", ElementType.FLOAT64), "1e309"))
                .containsExactly("!x: \"1e309\" is out of range: it would become infinite");
        assertThat(values(format, spec("x", ElementType.FLOAT16), "65520", "-1e39", "1e39"))
                .containsExactly(
                        "!x: \"65520\" is out of range: it would become infinite",
                        "!x: \"-1e39\" is out of range: it would become infinite",
                        "!x: \"1e39\" is out of range: it would become infinite");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void floatsThatAreNotFiniteAreStringsInJson(TaskFormat format) {
        for (ElementType type : List.of(ElementType.FLOAT16, ElementType.FLOAT32, ElementType.FLOAT64)) {
            assertThat(values(format, spec("x", type), "\"NaN\"", "\"Infinity\"", "\"-Infinity\""))
                    .containsExactly("NaN", "Infinity", "-Infinity");
        }
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void booleansAreTrueFalseOneAndZero(TaskFormat format) {
        assertThat(values(format, spec("x", ElementType.BOOL), "true", "false", "1", "0"))
                .containsExactly("true", "false", "true", "false");
        assertThat(values(format, spec("x", ElementType.BOOL), "2"))
                .containsExactly("!x: \"2\" is neither true nor false, 1 nor 0");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void stringsAreTakenAsTheyAre(TaskFormat format) {
        assertThat(values(
                        format,
                        spec("x", ElementType.STRING),
                        "\"a\"",
                        "\"\"",
                        "\" b \"",
                        "\"é😀\"",
                        "\"\\\"\\n,\\\\\\u00e9\\t/\""))
                .containsExactly("'a'", "''", "' b '", "'é😀'", "'\"\n,\\é\t/'");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void valuesAreNestedAsTheShapeOrFlat(TaskFormat format) {
        assertThat(tasks(format, spec("x", ElementType.INT32, 2, 3), "[[1,2,3],[4,5,6]]", "[ 1, 2,3 ,4,5,6 ]"))
                .containsExactly("x[1,2,3]=1,2,3,4,5,6", "x[1,2,3]=1,2,3,4,5,6");
        assertThat(tasks(format, spec("x", ElementType.INT32), "7", "[7]")).containsExactly("x[1]=7", "x[1]=7");
        assertThat(tasks(format, spec("x", ElementType.INT32, 1), "7", "[7]")).containsExactly("x[1,1]=7", "x[1,1]=7");
        assertThat(tasks(format, spec("x", ElementType.INT32, 1, 1), "7", "[7]", "[[7]]"))
                .containsExactly("x[1,1,1]=7", "x[1,1,1]=7", "x[1,1,1]=7");
        assertThat(tasks(format, spec("x", ElementType.STRING, 2), "[\"a\",\"b\"]"))
                .containsExactly("x[1,2]='a','b'");
        assertThat(tasks(format, spec("x", ElementType.BOOL, 2), "[true,false]"))
                .containsExactly("x[1,2]=true,false");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void oneDynamicAxisFollowsFromTheValues(TaskFormat format) {
        assertThat(tasks(format, spec("x", ElementType.INT64, -1), "[1,2,3]", "[4]", "5", "[]"))
                .containsExactly("x[1,3]=1,2,3", "x[1,1]=4", "x[1,1]=5", "x[1,0]=");
        assertThat(tasks(
                        format,
                        spec("x", ElementType.INT64, -1, 2),
                        "[1,2,3,4]",
                        "[[1,2]]",
                        "[1,2,3]",
                        "[]",
                        "[[1,2,3]]"))
                .containsExactly(
                        "x[1,2,2]=1,2,3,4",
                        "x[1,1,2]=1,2",
                        "!x: expected a multiple of 2 numbers, got 3",
                        "x[1,0,2]=",
                        "!x: expected shape [?, 2], got [1, 3]");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void severalDynamicAxesFollowFromTheNesting(TaskFormat format) {
        assertThat(tasks(format, spec("x", ElementType.INT64, -1, -1), "[[1,2],[3,4]]", "[1,2]", "[[],[]]"))
                .containsExactly(
                        "x[1,2,2]=1,2,3,4",
                        "!x: expected values nested as shape [?, ?], got a flat array",
                        "x[1,2,0]=");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void wrongShapesFailTheirTask(TaskFormat format) {
        assertThat(tasks(format, spec("x", ElementType.FLOAT32, 4), "[1,2,3]", "1", "[]", "[[1,2,3,4]]", "[1,2,3,4,5]"))
                .containsExactly(
                        "!x: expected 4 numbers, got 3",
                        "!x: expected 4 numbers, got 1",
                        "!x: expected 4 numbers, got 0",
                        "!x: nested deeper than shape [4]",
                        "!x: expected 4 numbers, got 5");
        assertThat(tasks(
                        format, spec("x", ElementType.FLOAT32, 2, 2), "[[1,2],[3]]", "[[1,2]]", "[[1,2],3]", "[1,[2]]"))
                .containsExactly(
                        "!x: ragged: arrays of 2 and of 1 beside each other",
                        "!x: expected shape [2, 2], got [1, 2]",
                        "!x: ragged: values and arrays beside each other",
                        "!x: ragged: values and arrays beside each other");
        assertThat(tasks(format, spec("x", ElementType.STRING), "[\"a\",\"b\"]"))
                .containsExactly("!x: expected 1 string, got 2");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void valuesOfAnotherTypeInAnArrayFailTheirTask(TaskFormat format) {
        assertThat(tasks(
                        format,
                        spec("x", ElementType.FLOAT32, 2),
                        "[1,\"2\"]",
                        "[1,true]",
                        "[1,null]",
                        "[1,{\"a\":[]}]"))
                .containsExactly(
                        "!x: expected a number, got the string \"2\"",
                        "!x: expected a number, got true",
                        "!x: expected a number, got null",
                        "!x: expected a number, got an object");
        assertThat(tasks(format, spec("x", ElementType.STRING, 2), "[\"a\",3]", "[\"a\",false]"))
                .containsExactly("!x: expected a string, got 3", "!x: expected a string, got false");
        assertThat(tasks(format, spec("x", ElementType.BOOL, 1), "[\"true\"]"))
                .containsExactly("!x: expected a boolean, got the string \"true\"");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void missingLiteralsFillWhatIsNotThere(TaskFormat format) {
        Source nan = TestInputs.missing("NaN");
        assertThat(tasks(format, spec("x", ElementType.FLOAT32, nan, 2), "null", "[1,null]"))
                .containsExactly("x[1,2]=NaN,NaN", "x[1,2]=1.0,NaN");
        assertThat(tasks(format, spec("x", ElementType.INT64, TestInputs.missing("-1")), "null", "3"))
                .containsExactly("x[1]=-1", "x[1]=3");
        assertThat(tasks(format, spec("x", ElementType.STRING, TestInputs.missing("none")), "null"))
                .containsExactly("x[1]='none'");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void valuesComeFromTheFieldOrTheColumnsThatModelYmlNames(TaskFormat format) {
        Signature signature = batched(
                spec("x", ElementType.FLOAT32, columns("c", "a"), 2),
                spec("y", ElementType.INT64, field("b"), 1),
                spec("a", ElementType.FLOAT32));
        TaskInput input =
                input(format, List.of("a", "b", "c"), List.of(List.of("1", "2", "3"), List.of("4", "5.5", "6")));
        assertThat(outcomes(input, signature))
                .containsExactly(
                        "x[1,2]=3.0,1.0 y[1,1]=2 a[1]=1.0",
                        "!y: " + kindOfField(format) + " \"b\": \"5.5\" is not an integer");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void missingLiteralsFillSingleColumns(TaskFormat format) {
        Source source = new Source(null, List.of("a", "b"), "0");
        TaskInput input = input(format, List.of("a", "b"), List.of(List.of("null", "2"), List.of("null", "null")));
        assertThat(outcomes(input, batched(spec("x", ElementType.FLOAT32, source, 2))))
                .containsExactly("x[1,2]=0.0,2.0", "x[1,2]=0.0,0.0");
    }

    @ParameterizedTest
    @EnumSource(TaskFormat.class)
    void idsAndLinesAreKeptOverTasksThatFail(TaskFormat format) {
        TaskInput input = input(
                format,
                List.of("x", "id"),
                List.of(List.of("1", "\"a\""), List.of("0.5", "\"b\\\"\""), List.of("3", "\"\"")));
        int first = format == TaskFormat.CSV ? 2 : 1;
        assertThat(TestInputs.tasks(input, batched(spec("x", ElementType.INT64))))
                .containsExactly(
                        "0@" + first + " \"a\" x[1]=1",
                        "1@" + (first + 1) + " \"b\\\"\" !x: \"0.5\" is not an integer",
                        "2@" + (first + 2) + " \"\" x[1]=3");
    }

    private List<String> values(TaskFormat format, InputSpec spec, String... json) {
        return tasks(format, spec, json).stream()
                .map(task -> task.replaceFirst("^x\\[[0-9,]*]=", ""))
                .toList();
    }

    private List<String> tasks(TaskFormat format, InputSpec spec, String... json) {
        List<List<String>> rows = new ArrayList<>();
        for (String value : json) {
            rows.add(List.of(value));
        }
        return outcomes(input(format, List.of("x"), rows), batched(spec));
    }

    private static List<String> outcomes(TaskInput input, Signature signature) {
        return TestInputs.tasks(input, signature).stream()
                .map(task -> task.substring(task.indexOf("null ") + "null ".length()))
                .toList();
    }

    private static String kindOfField(TaskFormat format) {
        return format == TaskFormat.CSV ? "column" : "field";
    }

    private TaskInput input(TaskFormat format, List<String> fields, List<List<String>> rows) {
        return format == TaskFormat.CSV
                ? TestInputs.csv(folder, String.join(",", fields) + "\n" + text(rows, TaskFormatContractTests::csv))
                : TestInputs.jsonl(folder, text(rows, row -> jsonl(fields, row)));
    }

    private static String text(List<List<String>> rows, java.util.function.Function<List<String>, String> record) {
        return rows.stream().map(record).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String jsonl(List<String> fields, List<String> row) {
        List<String> members = new ArrayList<>();
        for (int field = 0; field < row.size(); field++) {
            members.add("\"" + fields.get(field) + "\": " + row.get(field));
        }
        return "{" + String.join(", ", members) + "}";
    }

    private static String csv(List<String> row) {
        return row.stream().map(TaskFormatContractTests::cell).collect(Collectors.joining(","));
    }

    private static String cell(String json) {
        JsonNode value = JsonMapper.shared().readTree(json);
        String text = value.isNull() ? "" : value.isString() ? value.stringValue() : json;
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
