package dev.modelmill.model;

import dev.modelmill.model.Models.Entry;
import dev.modelmill.model.onnx.OnnxModelBuilder;
import dev.modelmill.model.onnx.OnnxRuntime;
import dev.modelmill.model.repository.ModelRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A folder of models for a test: puts models in, reads them as the service does, loads them. */
public final class ModelsFolder {

    private static final OnnxRuntime RUNTIME = new OnnxRuntime();

    private final Path root;

    /** A folder that is there and may be empty. */
    public ModelsFolder(Path root) {
        this.root = root;
    }

    /** Where the models are. */
    public Path root() {
        return root;
    }

    /** Puts a model in, with the lines of a {@code model.yml} where there are some. */
    public ModelsFolder with(String name, OnnxModelBuilder model, String... settings) {
        model.writeTo(root.resolve(name).resolve("model.onnx"));
        return settings.length == 0 ? this : withSettings(name, settings);
    }

    /** Puts in just a {@code model.yml}. */
    public ModelsFolder withSettings(String name, String... lines) {
        return withFile(name + "/model.yml", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** Puts in a model that lies in another file. */
    public ModelsFolder withCopyOf(Path model, String name) {
        try {
            return withFile(name + "/model.onnx", Files.readAllBytes(model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a file in, by its path relative to the folder of all models. */
    public ModelsFolder withFile(String path, byte[] contents) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, contents);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A repository that has read everything. */
    public ModelRepository repository() {
        ModelRepository repository = new ModelRepository(root, List.of(RUNTIME), Clock.systemUTC(), Runnable::run);
        repository.scan();
        return repository;
    }

    /** A model as the repository shows it; {@code name} or {@code name:version}. */
    public Entry entry(String reference) {
        return repository().find(ModelReference.parse(reference)).orElseThrow();
    }

    /** Loads a model that is whole. */
    public LoadedModel load(String reference) {
        Entry entry = entry(reference);
        if (entry.error() != null) {
            throw new IllegalStateException(entry.error());
        }
        return RUNTIME.load(entry.model());
    }
}
