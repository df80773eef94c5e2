package dev.modelmill.task.input;

import static dev.modelmill.task.input.TestInputs.batched;
import static dev.modelmill.task.input.TestInputs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.Signature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordDecoderTests {

    private static final Signature PAIR = batched(spec("x", ElementType.FLOAT32, 2));

    @TempDir
    Path folder;

    @Test
    void decodeTakesAllColumnsOtherThanTheIdForAModelWithOneInput() {
        assertThat(tasks("a,id,b\n1,7,2\n 3\t,\"x,\"\"y\"\"\", \"\n\"4 \",,5.5\n", PAIR))
                .containsExactly(
                        "0@2 \"7\" x[1,2]=1.0,2.0",
                        "1@3 \"x,\\\"y\\\"\" !x: column \"b\": \"\"\" is not a number",
                        "2@4 \"\" x[1,2]=4.0,5.5");
    }

    @Test
    void decodeTakesNumbersInQuotesAndBetweenSpaces() {
        assertThat(tasks("a,b\n\" 1 \",\t-2.5\t\r\n", PAIR)).containsExactly("0@2 null x[1,2]=1.0,-2.5");
    }

    @Test
    void decodeTakesNanAndInfinityInAnyCase() {
        assertThat(tasks("a,b\nnan,inf\nNAN,-Inf\n+INFINITY,NaN\ninfinit,1\n", PAIR))
                .containsExactly(
                        "0@2 null x[1,2]=NaN,Infinity",
                        "1@3 null x[1,2]=NaN,-Infinity",
                        "2@4 null x[1,2]=Infinity,NaN",
                        "3@5 null !x: column \"a\": \"infinit\" is not a number");
    }

    @Test
    void decodeTakesBooleansInAnyCase() {
        assertThat(tasks("x\nTRUE\nFalse\n 1 \n0\nyes\n", batched(spec("x", ElementType.BOOL))))
                .containsExactly(
                        "0@2 null x[1]=true",
                        "1@3 null x[1]=false",
                        "2@4 null x[1]=true",
                        "3@5 null x[1]=false",
                        "4@6 null !x: \"yes\" is neither true nor false, 1 nor 0");
    }

    @Test
    void decodeWhenACellIsEmptyFailsTheTaskUnlessItIsText() {
        assertThat(tasks("a,b\n1,\n \t,2\n\"\",3\n", PAIR))
                .containsExactly(
                        "0@2 null !x: column \"b\": empty",
                        "1@3 null !x: column \"a\": empty",
                        "2@4 null !x: column \"a\": empty");
        assertThat(tasks("x,y\n,1\n", batched(spec("x", ElementType.STRING), spec("y", ElementType.INT8))))
                .containsExactly("0@2 null x[1]='' y[1]=1");
        assertThat(tasks("x\n1\n\n2\n", batched(spec("x", ElementType.INT8))))
                .containsExactly("0@2 null x[1]=1", "1@3 null !x: empty", "2@4 null x[1]=2");
    }

    @Test
    void decodeWhenACellBeginsWithABracketReadsAJsonArray() {
        assertThat(tasks(
                        "id,x\na,\" [1, 2] \"\nb,\"[1,2\"\nc,\"[1,2] 3\"\nd,[]\n",
                        batched(spec("x", ElementType.FLOAT32, 2))))
                .containsExactly(
                        "0@2 \"a\" x[1,2]=1.0,2.0",
                        "1@3 \"b\" !x: bad JSON: it ends too early",
                        "2@4 \"c\" !x: bad JSON: more than one value",
                        "3@5 \"d\" !x: expected 2 numbers, got 0");
        assertThat(tasks("a,b\n[1],2\n", PAIR)).containsExactly("0@2 null !x: column \"a\": \"[1]\" is not a number");
    }

    @Test
    void decodeWhenTheNumberOfFieldsIsWrongFailsTheTask() {
        assertThat(tasks("id,a,b\n1,2\n1,2,3,4\n1,2,3\n1,\"2\"x,3\n", PAIR))
                .containsExactly(
                        "0@2 null !expected 3 fields, got 2",
                        "1@3 null !expected 3 fields, got 4",
                        "2@4 \"1\" x[1,2]=2.0,3.0",
                        "3@5 null !field 2: text after the closing quote");
    }

    @Test
    void decodeWhenARecordIsTooLargeFailsTheTask() {
        TaskInput input = TestInputs.csv(folder, "a,b\n1,2\n1,22222\n3,4\n", 6);
        assertThat(TestInputs.tasks(input, PAIR))
                .containsExactly(
                        "0@2 null x[1,2]=1.0,2.0",
                        "1@3 null !larger than 6 bytes (modelmill.max-task-size)",
                        "2@4 null x[1,2]=3.0,4.0");
    }

    @Test
    void decodeWhenARecordIsNotUtf8FailsTheTask() {
        byte[] text = "id,x\na,é\nb,?\nc,ü\n".getBytes(StandardCharsets.UTF_8);
        text[12] = (byte) 0xE9;
        TaskInput input = TestInputs.input(folder, TaskFormat.CSV, text, 100);
        assertThat(TestInputs.tasks(input, batched(spec("x", ElementType.STRING))))
                .containsExactly("0@2 \"a\" x[1]='é'", "1@3 null !bad UTF-8 at byte 3", "2@4 \"c\" x[1]='ü'");
    }

    @Test
    void decodeReadsAnotherDelimiter() {
        TaskInput comma = TestInputs.csv(folder, "a;b\n1;\"2\"\n\"3;\";4\n");
        TaskInput input = new TaskInput(comma.file(), TaskFormat.CSV, ';', "id", 100);
        assertThat(TestInputs.tasks(input, PAIR))
                .containsExactly("0@2 null x[1,2]=1.0,2.0", "1@3 null !x: column \"a\": \"3;\" is not a number");
    }

    @Test
    void decodeEchoesWhatIsAskedForAsStrings() {
        String text = "id,a,b\n1,2,\"x\"\"\ny\"\n\"\",z,3\n1,2\n";
        assertThat(echoes(text, List.of("input")))
                .containsExactly(
                        "{\"id\":\"1\",\"a\":\"2\",\"b\":\"x\\\"\\ny\"}",
                        "{\"id\":\"\",\"a\":\"z\",\"b\":\"3\"}",
                        "null");
        assertThat(echoes(text, List.of("b", "none", "id")))
                .containsExactly("{\"b\":\"x\\\"\\ny\",\"id\":\"1\"}", "{\"b\":\"3\",\"id\":\"\"}", "null");
        assertThat(echoes(text, List.of("none"))).containsExactly("{}", "{}", "null");
        assertThat(echoes(text, List.of())).containsExactly("null", "null", "null");
    }

    private List<String> echoes(String text, List<String> include) {
        return EchoedTasks.of(TestInputs.csv(folder, text), PAIR, Include.of(include));
    }

    private List<String> tasks(String text, Signature signature) {
        return new ArrayList<>(TestInputs.tasks(TestInputs.csv(folder, text), signature));
    }
}
