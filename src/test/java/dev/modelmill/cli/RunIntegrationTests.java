package dev.modelmill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.Modelmill;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} as the README's first command has it: the whole service without web, one job, the results in a file. */
class RunIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void runWritesTheResultsOfTheSample() throws Exception {
        Path output = folder.resolve("digits.jsonl");
        int code = Cli.run(Modelmill.class, "run", "digits", "examples/digits.csv", "-o", output.toString());
        assertThat(code).isZero();
        assertThat(Files.readAllLines(output))
                .hasSize(1797)
                .first()
                .asString()
                .startsWith("{\"index\":0,\"id\":\"digit-0000\",\"label\":0,");
    }

    @Test
    void runWhenTheModelIsUnknownIsRefused() {
        assertThat(Cli.run(Modelmill.class, "run", "nobody", "examples/digits.csv"))
                .isEqualTo(2);
    }
}
