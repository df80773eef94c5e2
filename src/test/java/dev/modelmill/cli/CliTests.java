package dev.modelmill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CliTests {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withCommandWhenThereIsNoneServes() {
        assertThat(Cli.withCommand()).containsExactly("serve");
        assertThat(Cli.withCommand("--server.port=0")).containsExactly("serve", "--server.port=0");
        assertThat(Cli.withCommand("--help")).containsExactly("--help");
        assertThat(Cli.withCommand("run", "--x=1")).containsExactly("run", "--x=1");
    }

    @Test
    void executeWhenAskedForTheVersionSaysIt() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).matches("modelmill \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void executeWhenAskedForHelpNamesTheCommands() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("serve", "run");
        assertThat(execute("run", "--help")).isZero();
        assertThat(out.toString()).contains("--batch-size", "default 10%", "MODEL INPUT");
    }

    @Test
    void runWhenTheInputIsNotThereIsAUsageError() {
        assertThat(execute("run", "digits", file("nothing.csv"))).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file \"" + file("nothing.csv") + "\"");
    }

    @Test
    void runWhenJsonHasNoOutputIsAUsageError() {
        assertThat(execute("run", "digits", "-", "--format=csv", "--json")).isEqualTo(2);
        assertThat(err.toString()).contains("--json needs -o OUTPUT");
    }

    @Test
    void runWhenTheStandardInputHasNoFormatIsAUsageError() {
        assertThat(execute("run", "digits", "-")).isEqualTo(2);
        assertThat(err.toString()).contains("--format jsonl or --format csv");
    }

    @Test
    void runWhenArgumentsAreMissingOrUnknownIsAUsageError() {
        assertThat(execute("run", "digits")).isEqualTo(2);
        assertThat(execute("run", "digits", "-", "--format=csv", "--fast")).isEqualTo(2);
        assertThat(execute("grind")).isEqualTo(2);
        assertThat(execute("run", "digits", "-", "--workers", "many")).isEqualTo(2);
    }

    @Test
    void serveWhenASettingIsNoneIsAUsageError() {
        assertThat(execute("serve", "now")).isEqualTo(2);
        assertThat(err.toString()).contains("\"now\" is no setting");
    }

    @Test
    void requestWhenOptionsAreGivenSaysThemAsTheApiWould() {
        RunOptions options = parse(
                "digits",
                "a.csv",
                "-o",
                "b.jsonl",
                "--workers=2",
                "--batch-size=7",
                "--max-errors=1%",
                "--include=input,x");
        assertThat(options.request("digits"))
                .isEqualTo(Map.of(
                        "model",
                        "digits",
                        "input",
                        Map.of("path", "a.csv"),
                        "workers",
                        2,
                        "batchSize",
                        7,
                        "maxErrors",
                        "1%",
                        "include",
                        List.of("input", "x"),
                        "output",
                        Map.of("path", "b.jsonl", "overwrite", true)));
    }

    @Test
    void requestWhenNothingIsSaidAsksForNothing() {
        assertThat(parse("digits", "-", "--format=csv").request("digits"))
                .isEqualTo(Map.of("model", "digits", "input", Map.of("format", "csv")));
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED,0", "COMPLETED_WITH_ERRORS,3", "FAILED,1", "CANCELLED,1"})
    void exitCodeWhenAJobHasEndedTellsHow(JobStatus status, int code) {
        assertThat(ExitCodes.of(status)).isEqualTo(code);
    }

    private static RunOptions parse(String... arguments) {
        RunOptions options = new RunOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    private int execute(String... arguments) {
        return Cli.commandLine(CliTests.class)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
