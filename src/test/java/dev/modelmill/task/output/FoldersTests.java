package dev.modelmill.task.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTests {

    @TempDir
    private Path folder;

    @Test
    void createMakesEveryLevelAndTakesWhatExists() throws IOException {
        Path deep = folder.resolve("a/b/c");
        Folders.create(deep);
        Folders.create(deep);

        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void createFollowsLinks() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        Folders.create(link.resolve("below"));

        assertThat(folder.resolve("real/below")).isDirectory();
    }

    @Test
    void createWhenAFileIsInTheWayFails() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Folders.create(file.resolve("below")));
    }

    @Test
    void forceWhenFolderIsMissingFails() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Folders.force(folder.resolve("missing")));
    }
}
