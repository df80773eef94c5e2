package dev.modelmill.model.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTests {

    @TempDir
    Path folder;

    private ModelSettings read(String... lines) {
        return read(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private ModelSettings read(byte[] contents) {
        try {
            return SettingsReader.read(Files.write(folder.resolve("model.yml"), contents), true);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertRefused(String message, String... lines) {
        assertThatThrownBy(() -> read(lines)).isInstanceOf(ModelException.class).hasMessage(message);
    }

    @Test
    void readWhenEveryKeyIsThereReadsIt() {
        ModelSettings settings = read(
                "runtime: process",
                "description: Handwritten digits",
                "batching: none",
                "batch-size: 256",
                "workers: 2",
                "threads: 3",
                "timeout: 500ms",
                "start-timeout: 2m",
                "isolation: process",
                "max-tasks-per-worker: 100000",
                "max-memory: 2GB",
                "inputs:",
                "  pixels:",
                "    columns: [p0..p2, q]",
                "    shape: [4]",
                "    missing: NaN",
                "    type: float32",
                "outputs: [label]",
                "command: [python3, worker.py]",
                "env: {OMP_NUM_THREADS: \"1\"}");

        InputSpec.Source pixels = new InputSpec.Source(null, List.of("p0", "p1", "p2", "q"), "NaN");
        assertThat(settings)
                .isEqualTo(new ModelSettings(
                        "process",
                        "Handwritten digits",
                        "none",
                        256,
                        2,
                        3,
                        Duration.ofMillis(500),
                        Duration.ofMinutes(2),
                        "process",
                        100_000L,
                        2L << 30,
                        Map.of("pixels", new ModelSettings.Input(pixels, List.of(4L), ElementType.FLOAT32)),
                        Map.of("label", "label"),
                        List.of("python3", "worker.py"),
                        Map.of("OMP_NUM_THREADS", "1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing said\n", "---\n", "{}"})
    void readWhenNothingIsSaidGivesTheDefaults(String text) {
        assertThat(read(text)).isEqualTo(ModelSettings.DEFAULTS);
    }

    @Test
    void readWhenThereIsACommandAndNoOnnxFileIsAProcess() throws IOException {
        Path file = Files.writeString(folder.resolve("model.yml"), "command: [a]");

        assertThat(SettingsReader.read(file, false).runtime()).isEqualTo("process");
        assertThat(SettingsReader.read(file, true).runtime()).isEqualTo("onnx");
    }

    @Test
    void readWhenValueIsWrongNamesFileLineAndKey() {
        assertRefused(
                "model.yml line 2: batch-size: expected a whole number from 1 to 65536, got \"many\"",
                "threads: 1",
                "batch-size: many");
        assertRefused(
                "model.yml line 4: inputs.pixels.columns: expected a list, got \"p0\"",
                "inputs:",
                "  pixels:",
                "    shape: [1]",
                "    columns: p0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            batch-size: 0                | batch-size: expected a whole number from 1 to 65536, got "0"
            batch-size: 65537            | batch-size: expected a whole number from 1 to 65536, got "65537"
            batch-size: 1.5              | batch-size: expected a whole number from 1 to 65536, got "1.5"
            batch-size: "8"              | batch-size: expected a whole number from 1 to 65536, got "8"
            batch-size: 1_0              | batch-size: expected a whole number from 1 to 65536, got "1_0"
            batch-size: [8]              | batch-size: expected a whole number from 1 to 65536, got a list
            batch-size:                  | batch-size: expected a whole number from 1 to 65536, got nothing
            workers: -1                  | workers: expected a whole number from 1 to 1024, got "-1"
            max-tasks-per-worker: 0      | max-tasks-per-worker: expected a whole number of at least 1, got "0"
            description: 5               | description: expected text, which needs quotes here, got "5"
            description: {a: b}          | description: expected text, got keys with values
            batching: sometimes          | batching: expected auto or none, got "sometimes"
            runtime: tensorflow          | runtime: expected onnx or process, got "tensorflow"
            timeout: 60                  | timeout: expected a duration above 0 of at most 7d, as 60s, 500ms or 2m, got "60"
            timeout: 0s                  | timeout: expected a duration above 0 of at most 7d, as 60s, 500ms or 2m, got "0s"
            timeout: 8d                  | timeout: expected a duration above 0 of at most 7d, as 60s, 500ms or 2m, got "8d"
            max-memory: 2 gigabytes      | max-memory: expected a size above 0, as 2GB or 512MB, got "2 gigabytes"
            env: {A: 1}                  | env.A: expected text, which needs quotes here, got "1"
            command: []                  | command: expected at least one value, got an empty list
            outputs: []                  | outputs: expected at least one output, got a list
            outputs: [a, a]              | outputs: "a" is there twice
            outputs: {a: c, b: c}        | outputs.b: "c" is there twice
            inputs: [a]                  | inputs: expected keys with values, got a list
            inputs: {x: {shape: [0]}}    | inputs.x.shape: expected axes of at least 1, one of them perhaps -1 for any length, got [0]
            inputs: {x: {shape: [-1, -1]}} | inputs.x.shape: expected axes of at least 1, one of them perhaps -1 for any length, got [-1, -1]
            inputs: {x: {columns: [a], field: b}} | inputs.x.field: say columns or field, not both
            inputs: {x: {columns: [p3..p1]}} | inputs.x.columns: expected a range that ascends, of at most 1000000 columns, got "p3..p1"
            inputs: {x: {type: int64}}   | inputs.x.type: only a model of runtime: process is told its types; this one knows them
            batchsize: 8                 | batchsize: unknown key; did you mean batch-size?
            inputs: {x: {colums: [a]}}   | inputs.x.colums: unknown key; did you mean columns?
            zzzzzz: 8                    | zzzzzz: unknown key; known are runtime, description, batching, batch-size, workers, threads, timeout, start-timeout, isolation, max-tasks-per-worker, max-memory, inputs, outputs, command, env
            """)
    void readWhenValueIsWrongSaysWhatWasExpected(String line, String message) {
        assertRefused("model.yml line 1: " + message, line);
    }

    @Test
    void readWhenKeyIsThereTwiceRefusesTheSecond() {
        assertRefused("model.yml line 2: threads: the key is there twice", "threads: 1", "threads: 1");
        assertRefused(
                "model.yml line 3: inputs.x: the key is there twice", "inputs:", "  x: {field: a}", "  x: {field: b}");
    }

    @Test
    void readWhenDocumentIsNoMappingSaysSo() {
        assertRefused("model.yml line 1: expected keys with values, got \"onnx\"", "onnx");
    }

    @Test
    void readWhenTextIsNoYamlNamesTheLine() {
        assertThatThrownBy(() -> read("threads: 1", "workers: [1"))
                .isInstanceOf(ModelException.class)
                .hasMessageMatching("model\\.yml line [23]: no valid YAML: .*");
        assertThatThrownBy(() -> read("threads: 1", "---", "threads: 2"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no valid YAML");
    }

    @Test
    void readWhenTextHasAliasesOrTagsMakesNothingOfThem() {
        assertRefused("model.yml line 2: aliases (*name) are not allowed", "command: &a [x]", "env: *a");
        assertThatThrownBy(() -> read("description: !!javax.script.ScriptEngineManager [x]"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model.yml line 1: no valid YAML: Global tag is not allowed");
    }

    @Test
    void readWhenNestingIsDeepRefuses() {
        assertThatThrownBy(() -> read("command: " + "[".repeat(10_000)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.yml");
    }

    @Test
    void readWhenBytesAreNoTextSaysSo() {
        assertThatThrownBy(() -> read(new byte[] {'a', (byte) 0xFF}))
                .isInstanceOf(ModelException.class)
                .hasMessage("model.yml is no UTF-8 text");
        assertThatThrownBy(() -> read("description: a\u0007b"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no valid YAML");
        assertThatThrownBy(() -> read(new byte[(1 << 20) + 1]))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("larger than 1 MB");
    }

    @Test
    void readWhenFileBeginsWithAByteOrderMarkSkipsIt() {
        assertThat(read("\uFEFFthreads: 2").threads()).isEqualTo(2);
    }

    @Test
    void readWhenNamesLookLikeOtherTypesKeepsThemAsWritten() {
        ModelSettings settings = read("inputs: {1: {columns: [1, yes, 2.50], missing: 0.0}}", "outputs: {no: 010}");

        assertThat(settings.inputs().get("1").source())
                .isEqualTo(new InputSpec.Source(null, List.of("1", "yes", "2.50"), "0.0"));
        assertThat(settings.outputs()).containsEntry("no", "010");
    }

    @ParameterizedTest
    @CsvSource({"NaN,NaN", ".nan,NaN", "-.inf,-Infinity", ".inf,Infinity", "'\"\"',''", "unknown,unknown"})
    void readWhenMissingIsSaidKeepsTheLiteral(String written, String literal) {
        assertThat(read("inputs: {x: {missing: " + written + "}}")
                        .inputs()
                        .get("x")
                        .source()
                        .missing())
                .isEqualTo(literal);
    }

    @Test
    void readKeepsTheOrderOfOutputs() {
        assertThat(read("outputs: [z, a, m]").outputs())
                .containsExactlyInAnyOrderEntriesOf(Map.of("z", "z", "a", "a", "m", "m"));
        assertThat(read("outputs: [z, a, m]").outputs().keySet()).containsExactly("z", "a", "m");
    }
}
