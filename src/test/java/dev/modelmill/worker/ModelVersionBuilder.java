package dev.modelmill.worker;

import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.ModelVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes model versions for tests: {@code aModel("digits").workers(2).build()}. */
public final class ModelVersionBuilder {

    private final String name;
    private String version = "1";
    private String digest = "sha256:00";
    private String runtime = "onnx";
    private String fingerprint = "";
    private @Nullable Integer workers;
    private Duration timeout = Duration.ofSeconds(60);
    private Duration startTimeout = Duration.ofSeconds(60);
    private @Nullable Long maxTasksPerWorker;

    private ModelVersionBuilder(String name) {
        this.name = name;
    }

    public static ModelVersionBuilder aModel(String name) {
        return new ModelVersionBuilder(name);
    }

    public ModelVersionBuilder version(String value) {
        version = value;
        return this;
    }

    public ModelVersionBuilder digest(String value) {
        digest = value;
        return this;
    }

    public ModelVersionBuilder fingerprint(String value) {
        fingerprint = value;
        return this;
    }

    public ModelVersionBuilder runtime(String value) {
        runtime = value;
        return this;
    }

    public ModelVersionBuilder workers(int value) {
        workers = value;
        return this;
    }

    public ModelVersionBuilder timeout(Duration value) {
        timeout = value;
        return this;
    }

    public ModelVersionBuilder startTimeout(Duration value) {
        startTimeout = value;
        return this;
    }

    public ModelVersionBuilder maxTasksPerWorker(long value) {
        maxTasksPerWorker = value;
        return this;
    }

    public ModelVersion build() {
        return new ModelVersion(name, version, digest, Path.of("models", name), settings(), fingerprint);
    }

    private ModelSettings settings() {
        return new ModelSettings(
                runtime,
                null,
                "auto",
                null,
                workers,
                1,
                timeout,
                startTimeout,
                "none",
                maxTasksPerWorker,
                null,
                Map.of(),
                null,
                List.of(),
                Map.of());
    }
}
