package dev.modelmill.job.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobRequestReaderTests {

    @TempDir
    private Path folder;

    /** Before and behind what the writer keeps in memory. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20_000})
    void readWhenTheDiskIsFullSaysSoAndLeavesNothing(int tasks) throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no device that is always full");
        Path staged = Files.createSymbolicLink(folder.resolve("staged"), full);
        String body = "{\"model\":\"m\",\"input\":{\"tasks\":[" + "{\"x\":1},".repeat(tasks) + "{}]}}";
        JobRequestReader reader = new JobRequestReader(() -> staged);
        assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(UncheckedIOException.class)
                .rootCause()
                .hasMessageContaining("No space left");
        assertThat(folder).isEmptyDirectory();
        assertThat(full).exists();
    }

    @Test
    void readRestartWhenNothingComesChangesNothing() {
        assertThat(new JobRequestReader(() -> folder)
                        .readRestart(new ByteArrayInputStream(new byte[0]))
                        .fields())
                .isEmpty();
    }
}
