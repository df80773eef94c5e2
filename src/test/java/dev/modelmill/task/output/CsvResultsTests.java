package dev.modelmill.task.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvResultsTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void resultsBeginWithAHeaderEvenWithoutLines() throws IOException {
        CsvResults.results(out, List.of("label", "a \"b\", c", "new\nline"), false);

        assertThat(written()).isEqualTo("index,id,label,\"a \"\"b\"\", c\",\"new\nline\"\n");
    }

    @Test
    void lineCopiesNumbersDigitByDigit() throws IOException {
        CsvResults csv = CsvResults.results(out, List.of("a", "b", "c", "d"), false);
        line(csv, "{\"index\":7,\"id\":1.50,\"a\":1.0e7,\"b\":-9223372036854775809,\"c\":3.4028235e38,\"d\":-0.0}\n");
        String digits = "9".repeat(5000);
        line(csv, "{\"index\":8,\"id\":" + digits + ",\"a\":1,\"b\":0.1,\"c\":1.4e-45,\"d\":0.30000001192092896}\n");

        assertThat(rows())
                .containsExactly(
                        List.of("index", "id", "a", "b", "c", "d"),
                        List.of("7", "1.50", "1.0e7", "-9223372036854775809", "3.4028235e38", "-0.0"),
                        List.of("8", digits, "1", "0.1", "1.4e-45", "0.30000001192092896"));
    }

    @Test
    void lineWritesStringsPlainAndQuotesWhereNeeded() throws IOException {
        CsvResults csv = CsvResults.results(out, List.of("a", "b", "c", "d", "e"), false);
        line(
                csv,
                "{\"index\":0,\"id\":\"id, \\\"1\\\"\",\"a\":\"NaN\",\"b\":\"\\\"\",\"c\":\"x\\r\\ny\",\"d\":\" \\u00fc😀\\t;\",\"e\":\"\\\"a\\\"\\\"\"}");

        assertThat(written()).endsWith("\n0,\"id, \"\"1\"\"\",NaN,\"\"\"\",\"x\r\ny\", ü😀\t;,\"\"\"a\"\"\"\"\"\n");
        assertThat(rows().get(1)).containsExactly("0", "id, \"1\"", "NaN", "\"", "x\r\ny", " ü😀\t;", "\"a\"\"");
    }

    @Test
    void lineTellsNullFromTheEmptyString() throws IOException {
        CsvResults csv = CsvResults.results(out, List.of("a", "b"), false);
        line(csv, "{\"index\":0,\"id\":null,\"a\":\"\",\"b\":null}\n");

        assertThat(written()).endsWith("\n0,,\"\",\n");
    }

    @Test
    void lineCopiesArraysAndObjectsAsTheyAre() throws IOException {
        CsvResults csv = CsvResults.results(out, List.of("a", "b", "c"), true);
        String id = "{\"k\": [1,  2]}";
        String input = "{\"ü\" : [1.0,\"a,b\"], \"n\":null}";
        line(
                csv,
                "{\"index\":0,\"id\":" + id + ",\"a\":[0.1,[\"NaN\",1e5]],\"b\":{},\"c\":true,\"input\":" + input
                        + "}\n");
        line(csv, "{\"index\":1,\"id\":[],\"a\":[],\"b\":[1],\"c\":false,\"input\":null}\n");

        assertThat(rows())
                .containsExactly(
                        List.of("index", "id", "a", "b", "c", "input"),
                        List.of("0", id, "[0.1,[\"NaN\",1e5]]", "{}", "true", input),
                        List.of("1", "[]", "[]", "[1]", "false", ""));
        assertThat(written()).endsWith("\n1,[],[],[1],false,\n");
    }

    @Test
    void lineWhenInputIsDeepKeepsIt() throws IOException {
        String deep = "[".repeat(3000) + "]".repeat(3000);
        line(CsvResults.results(out, List.of(), true), "{\"index\":0,\"id\":null,\"input\":" + deep + "}\n");

        assertThat(written()).isEqualTo("index,id,input\n0,," + deep + "\n");
    }

    @Test
    void errorsHaveTheirOwnColumns() throws IOException {
        CsvResults csv = CsvResults.errors(out, true);
        line(
                csv,
                "{\"index\":8,\"id\":\"b\",\"line\":10,\"code\":\"invalid_task\",\"message\":\"x: expected 64, got 63\",\"attempts\":1,\"input\":{\"x\":1}}\n");
        line(
                csv,
                "{\"index\":9,\"id\":null,\"line\":null,\"code\":\"timeout\",\"message\":\"slow\",\"attempts\":2,\"input\":null}\n");

        assertThat(rows())
                .containsExactly(
                        List.of("index", "id", "line", "code", "message", "attempts", "input"),
                        List.of("8", "b", "10", "invalid_task", "x: expected 64, got 63", "1", "{\"x\":1}"),
                        List.of("9", "", "", "timeout", "slow", "2", ""));
    }

    @Test
    void lineWhenKeysAreOthersRefuses() throws IOException {
        CsvResults csv = CsvResults.results(out, List.of("a"), false);

        assertThatIllegalStateException()
                .isThrownBy(() -> line(csv, "{\"index\":0,\"id\":null,\"b\":1}\n"))
                .withMessageContaining("\"b\"");
        assertThatIllegalStateException().isThrownBy(() -> line(csv, "{\"index\":0,\"id\":null}\n"));
    }

    /** Gives the line in the middle of other bytes, as a reader does. */
    private static void line(CsvResults csv, String line) throws IOException {
        byte[] bytes = ("\"}\n" + line + "{\"in").getBytes(UTF_8);
        csv.line(bytes, 3, bytes.length - 4);
    }

    private List<List<String>> rows() {
        return CsvReader.builder().ofCsvRecord(written()).stream()
                .map(row -> row.getFields())
                .toList();
    }

    private String written() {
        return out.toString(UTF_8);
    }
}
