package dev.modelmill.task.input;

import static dev.modelmill.task.input.TestInputs.batched;
import static dev.modelmill.task.input.TestInputs.columns;
import static dev.modelmill.task.input.TestInputs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.Signature;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonlRecordDecoderTests {

    private static final Signature NUMBER = batched(spec("x", ElementType.FLOAT32));

    @TempDir
    Path folder;

    @Test
    void decodeEchoesTheIdAsItCame() {
        assertThat(tasks("""
                {"id":"a\\u0062","x":1}
                {"x":2, "id" : 1.50e1 }
                {"id":[1, {"x":3}],"x":3}
                {"id":null,"x":4}
                 {"x":5}\s
                """))
                .containsExactly(
                        "0@1 \"a\\u0062\" x[1]=1.0",
                        "1@2 1.50e1 x[1]=2.0",
                        "2@3 [1, {\"x\":3}] x[1]=3.0",
                        "3@4 null x[1]=4.0",
                        "4@5 null x[1]=5.0");
    }

    @Test
    void decodeFindsTheIdBehindAValueThatFails() {
        assertThat(tasks("{\"x\":\"a\",\"id\":7}\n{\"y\":1,\"id\":8}\n{\"x\":null,\"id\":9}"))
                .containsExactly(
                        "0@1 7 !x: expected a number, got the string \"a\"", "1@2 8 !x: missing", "2@3 9 !x: null");
    }

    @Test
    void decodeWhenTheRecordIsNoJsonObjectSaysWhatItIs() {
        assertThat(tasks("[1]\n\"a\"\n12\ntrue\nnull\n{\"x\":1} {\n"))
                .containsExactly(
                        "0@1 null !expected a JSON object, got an array",
                        "1@2 null !expected a JSON object, got a string",
                        "2@3 null !expected a JSON object, got a number",
                        "3@4 null !expected a JSON object, got true",
                        "4@5 null !expected a JSON object, got null",
                        "5@6 null !bad JSON: more than one value");
    }

    @Test
    void decodeWhenTheJsonIsBadSaysWhere() {
        assertThat(tasks("""
                {"id":1,"x":01}
                {"id":1,"x":1
                {"id":1,"x":NaN}
                {"id":1,"x":1,"x":1}
                {"id":1,"x":1,}
                {'id':1}
                {"x":1,"é":"\\x"}
                """))
                .containsExactly(
                        "0@1 null !bad JSON: unexpected \"1}\" at byte 14",
                        "1@2 null !bad JSON: it ends too early",
                        "2@3 null !bad JSON: NaN and Infinity are written as strings",
                        "3@4 null !bad JSON: the field \"x\" appears twice",
                        "4@5 null !bad JSON: unexpected \"}\" at byte 15",
                        "5@6 null !bad JSON: unexpected \"'id':1}\" at byte 2",
                        "6@7 null !bad JSON: unexpected \"x\"}\" at byte 15");
    }

    @Test
    void decodeWhenItIsNestedTooDeeplyFailsTheTask() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(tasks("{\"x\":1,\"y\":" + deep + "}\n{\"x\":2}"))
                .containsExactly(
                        "0@1 null !bad JSON: nested too deeply, or a name or number too long", "1@2 null x[1]=2.0");
    }

    @Test
    void decodeWhenTheRecordIsInAnotherEncodingFailsTheTask() {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            TaskInput input = TestInputs.input(folder, TaskFormat.JSONL, "{\"x\":1}".getBytes(charset), 100);
            assertThat(TestInputs.tasks(input, NUMBER))
                    .singleElement()
                    .asString()
                    .contains("!bad JSON: unexpected");
        }
        byte[] latin = "{\"x\":1,\"y\":\"é\"}\n{\"x\":2}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(TestInputs.tasks(TestInputs.input(folder, TaskFormat.JSONL, latin, 100), NUMBER))
                .containsExactly("0@1 null !bad UTF-8 at byte 13", "1@2 null x[1]=2.0");
    }

    @Test
    void decodeWhenARecordIsTooLargeFailsTheTask() {
        TaskInput input = TestInputs.jsonl(folder, "{\"x\":1}\n{\"x\":22}\n{\"x\":3}\n", 7);
        assertThat(TestInputs.tasks(input, NUMBER))
                .containsExactly(
                        "0@1 null x[1]=1.0",
                        "1@2 null !larger than 7 bytes (modelmill.max-task-size)",
                        "2@3 null x[1]=3.0");
        TaskInput megabytes = TestInputs.jsonl(folder, " ".repeat(1 << 21) + "{}", 1 << 21);
        assertThat(TestInputs.tasks(megabytes, NUMBER))
                .containsExactly("0@1 null !larger than 2 MB (modelmill.max-task-size)");
    }

    @Test
    void decodeWhenSeveralFieldsHoldOneValueEachTakesThemInAnyOrder() {
        Signature signature = batched(spec("x", ElementType.INT64, columns("a", "b"), 2));
        assertThat(TestInputs.tasks(
                        TestInputs.jsonl(
                                folder, "{\"b\":2,\"a\":1}\n{\"a\":1}\n{\"a\":1,\"b\":[2]}\n{\"a\":1,\"b\":null}"),
                        signature))
                .containsExactly(
                        "0@1 null x[1,2]=1,2",
                        "1@2 null !x: field \"b\": missing",
                        "2@3 null !x: field \"b\": expected a number, got an array",
                        "3@4 null !x: field \"b\": expected a number, got null");
    }

    @Test
    void decodeReadsEscapesInFieldNamesAndStrings() {
        Signature signature = batched(spec("é\"", ElementType.STRING));
        assertThat(TestInputs.tasks(
                        TestInputs.jsonl(folder, "{\"\\u00E9\\\"\":\"\\b\\f\\n\\r\\t\\/\\\\\\ud83d\\ude00\\u0000]\"}"),
                        signature))
                .containsExactly("0@1 null é\"[1]='\b\f\n\r\t/\\😀\u0000]'");
    }

    @Test
    void decodeEchoesWhatIsAskedForByteForByte() {
        String text = " {\"id\":1.0, \"x\" : \"a\",\"y\":{\"z\": [1,\"é\"]}} \r\n{\"x\":2}\n{\n";
        assertThat(echoes(text, "input"))
                .containsExactly("{\"id\":1.0, \"x\" : \"a\",\"y\":{\"z\": [1,\"é\"]}}", "{\"x\":2}", "null");
        assertThat(echoes(text, "y", "none", "id", "y"))
                .containsExactly("{\"y\":{\"z\": [1,\"é\"]},\"id\":1.0}", "{}", "null");
        assertThat(echoes(text)).containsExactly("null", "null", "null");
    }

    @Test
    void decodeTakesAndRefusesWhatAJsonParserDoes() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        Signature signature = batched(spec("x", ElementType.FLOAT64, -1));
        Random random = new Random(9);
        List<String> records = Stream.generate(
                        () -> mutated("{\"x\":[1,-2.5, 3e2 ,\"NaN\"],\"y\":{\"x\":\"\\\"]\"}}", random))
                .limit(20_000)
                .toList();
        List<String> tasks = TestInputs.tasks(TestInputs.jsonl(folder, String.join("\n", records)), signature);
        for (int index = 0; index < records.size(); index++) {
            String record = records.get(index);
            String task = tasks.get(index);
            assertThat(task.contains("!bad JSON")).as(record).isEqualTo(!parses(mapper, record));
            if (!task.contains("!")) {
                assertThat(task).as(record).endsWith("=" + expected(mapper.readTree(record)));
            }
        }
    }

    private static String mutated(String record, Random random) {
        StringBuilder text = new StringBuilder(record);
        String alphabet = "{}[]\",:.-+e0123 \\nullx";
        for (int edits = random.nextInt(4); edits > 0; edits--) {
            int at = 1 + random.nextInt(text.length() - 2);
            char character = alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, character);
                case 1 -> text.insert(at, character);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    private static boolean parses(JsonMapper mapper, String record) {
        try {
            mapper.readTree(record);
            return true;
        } catch (JacksonException malformed) {
            return false;
        }
    }

    private static String expected(JsonNode record) {
        StringBuilder values = new StringBuilder();
        JsonNode x = record.get("x");
        for (JsonNode value :
                x.isArray() ? x : JsonMapper.shared().createArrayNode().add(x)) {
            values.append(values.isEmpty() ? "" : ",").append(Double.parseDouble(value.asString()));
        }
        return values.toString();
    }

    private List<String> echoes(String text, String... include) {
        return EchoedTasks.of(TestInputs.jsonl(folder, text), NUMBER, Include.of(List.of(include)));
    }

    private List<String> tasks(String text) {
        return TestInputs.tasks(TestInputs.jsonl(folder, text), NUMBER);
    }
}
