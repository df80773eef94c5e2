package dev.modelmill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTests {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path parent;

    @Test
    void openWhenTheSameRunFindsTheSameFolder() throws IOException {
        assertThat(pathOf("digits", "a.csv")).isEqualTo(pathOf("digits", "a.csv"));
        assertThat(pathOf("digits", "a.csv")).isNotEqualTo(pathOf("digit", "sa.csv"));
    }

    @Test
    void repositoryOfWhenAFileHoldsItAndItsWeights() throws IOException {
        Path file = Files.writeString(parent.resolve("net.onnx"), "graph");
        Files.writeString(parent.resolve("net.onnx.data"), "weights");
        Files.writeString(parent.resolve("other.onnx"), "other");
        try (RunFolder folder = RunFolder.open(parent.resolve("run"), List.of("a"))) {
            folder.repositoryOf(new ModelArgument("net", file), file);
            Path models = folder.repositoryOf(new ModelArgument("net", file), file);
            assertThat(models.resolve("net/model.onnx")).hasContent("graph");
            assertThat(models.resolve("net/net.onnx.data")).hasContent("weights");
            assertThat(models.resolve("net")).isDirectoryNotContaining("glob:**other*");
        }
    }

    @Test
    void removeWhenAFolderIsLinkedLeavesTheModel() throws IOException {
        Path model = Files.createDirectory(parent.resolve("net"));
        Path file = Files.writeString(model.resolve("model.onnx"), "graph");
        try (RunFolder folder = RunFolder.open(parent.resolve("run"), List.of("a"))) {
            Path models = folder.repositoryOf(new ModelArgument("net", model), model);
            assertThat(models.resolve("net/model.onnx")).hasContent("graph");
            folder.remove();
            assertThat(folder.path()).doesNotExist();
        }
        assertThat(file).hasContent("graph");
        assertThat(parent.resolve("run")).isEmptyDirectory();
    }

    private Path pathOf(String... identity) throws IOException {
        try (RunFolder folder = RunFolder.open(parent, List.of(identity))) {
            return folder.path();
        }
    }
}
