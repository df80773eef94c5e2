package dev.modelmill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArgumentTests {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void parseWhenANameLeavesItToTheRepository() {
        assertThat(ModelArgument.parse("digits:2")).isEqualTo(new ModelArgument("digits:2", null));
    }

    @Test
    void parseWhenAFolderTakesItsName() throws IOException {
        Path model = Files.createDirectory(folder.resolve("digits"));
        assertThat(ModelArgument.parse(model.toString())).isEqualTo(new ModelArgument("digits", model));
    }

    @Test
    void parseWhenAFileTakesItsStemAsFarAsANameMayGo() throws IOException {
        Path file = Files.createFile(folder.resolve("_my model.v2.onnx"));
        assertThat(ModelArgument.parse(file.toString())).isEqualTo(new ModelArgument("my-model.v2", file));
    }

    @Test
    void parseWhenTheFileOfAModelFolderTakesTheFolder() throws IOException {
        Path model = Files.createDirectory(folder.resolve("digits"));
        Path file = Files.createFile(model.resolve("model.onnx"));
        assertThat(ModelArgument.parse(file.toString())).isEqualTo(new ModelArgument("digits", model));
    }

    @Test
    void parseWhenNothingIsThereSaysSo() {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> ModelArgument.parse("nowhere/model.onnx"))
                .withMessage("there is no model \"nowhere/model.onnx\"")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(2));
    }
}
