package dev.modelmill.job.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.ModelVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ModelSpeedsTests {

    private static final ModelSpeed SPEED = new ModelSpeed(256, 1.5e-6);

    @TempDir
    Path folder;

    @Test
    void findWhenKeptBeforeTheStartGivesIt() {
        speeds("one").keep(model("a"), SPEED);

        assertThat(speeds("one").find(model("a"))).contains(SPEED);
    }

    @Test
    void findWhenTheModelIsAnotherGivesNothing() {
        speeds("one").keep(model("a"), SPEED);

        assertThat(speeds("one").find(model("b"))).isEmpty();
    }

    @Test
    void findWhenTheMachineIsAnotherGivesNothing() {
        speeds("one").keep(model("a"), SPEED);

        assertThat(speeds("other").find(model("a"))).isEmpty();
    }

    @Test
    void findWhenTheFileIsTornGivesNothing() throws IOException {
        speeds("one").keep(model("a"), SPEED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.writeString(file, "{\"machine\": ");
            }
        }

        assertThat(speeds("one").find(model("a"))).isEmpty();
    }

    @Test
    void keepWhenFoundBeforeReplacesIt() {
        ModelSpeeds speeds = speeds("one");
        assertThat(speeds.find(model("a"))).isEmpty();
        speeds.keep(model("a"), new ModelSpeed(64, 1));
        speeds.keep(model("a"), SPEED);

        assertThat(speeds.find(model("a"))).contains(SPEED);
        assertThat(speeds("one").find(model("a"))).contains(SPEED);
    }

    private ModelSpeeds speeds(String machine) {
        return new ModelSpeeds(folder, JsonMapper.builder().build(), machine);
    }

    private ModelVersion model(String digest) {
        return new ModelVersion("digits", "1", "sha256:" + digest, folder, ModelSettings.DEFAULTS, "");
    }
}
