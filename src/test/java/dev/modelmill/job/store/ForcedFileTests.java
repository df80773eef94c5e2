package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForcedFileTests {

    @TempDir
    private Path folder;

    @Test
    void writeWhenThereIsAFileReplacesItAndLeavesNothingBeside() throws Exception {
        Path file = folder.resolve("job.json");
        ForcedFile.write(file, "a longer text".getBytes(StandardCharsets.US_ASCII));
        ForcedFile.write(file, "short".getBytes(StandardCharsets.US_ASCII));
        assertThat(file).hasContent("short");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void writeWhenItFailsKeepsTheOldFile() throws Exception {
        Path file = folder.resolve("job.json");
        ForcedFile.write(file, "old".getBytes(StandardCharsets.US_ASCII));
        Files.createDirectories(folder.resolve("job.json.unfinished"));
        assertThatThrownBy(() -> ForcedFile.write(file, new byte[1])).isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
    }

    @Test
    void writeWhenTheDiskIsFullLeavesNothing() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no device that is always full");
        Files.createSymbolicLink(folder.resolve("job.json.unfinished"), full);
        assertThatThrownBy(() -> ForcedFile.write(folder.resolve("job.json"), new byte[1]))
                .hasMessageContaining("No space left");
        assertThat(folder).isEmptyDirectory();
    }
}
