package dev.modelmill.model.repository;

import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelRuntime;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A runtime whose models are text files: one that says {@code broken} is, {@code fault} makes the runtime itself fail. */
final class FakeRuntime implements ModelRuntime {

    static final Signature SIGNATURE = new Signature(List.of(), List.of(), Signature.Batching.DYNAMIC);

    final List<String> inspected = new ArrayList<>();
    Runnable whileInspecting = () -> {};

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public Signature inspect(ModelVersion model) {
        inspected.add(model.reference());
        whileInspecting.run();
        Path file = model.folder().resolve("model.onnx");
        if (!Files.exists(file)) {
            throw new ModelException("model.onnx is missing");
        }
        return switch (text(file)) {
            case "broken" -> throw new ModelException("no model");
            case "fault" -> throw new IllegalStateException("a fault of the runtime");
            default -> SIGNATURE;
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public LoadedModel load(ModelVersion model) {
        throw new UnsupportedOperationException();
    }
}
