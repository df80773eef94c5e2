package dev.modelmill.model.repository;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelFiles;
import dev.modelmill.model.ModelRuntime;
import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Signature;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a version of a model: its {@code model.yml}, its digest and, by its runtime, its signature, which is kept by digest.
 * Blocks for as long as hashing and opening the files takes. Shared between threads.
 */
final class VersionReader {

    private static final Logger log = LoggerFactory.getLogger(VersionReader.class);
    private static final int MAX_KEPT = 1_000;

    private final List<ModelRuntime> runtimes;
    private final Map<String, Inspection> inspections = new ConcurrentHashMap<>();

    VersionReader(List<ModelRuntime> runtimes) {
        this.runtimes = List.copyOf(runtimes);
    }

    private record Inspection(
            @Nullable Signature signature, @Nullable String error) {}

    /** Reads a version; whatever is wrong with it is the result's error, nothing is thrown. */
    ReadVersion read(ModelListing model, VersionListing version) {
        try {
            return version.files() == null
                    ? ReadVersion.broken(String.valueOf(version.error()))
                    : read(model, version, version.files());
        } catch (ModelException e) {
            return ReadVersion.broken(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return ReadVersion.broken(unreadable(e));
        } catch (RuntimeException e) {
            log.error("Model {}:{} can't be read", model.name(), version.version(), e);
            return ReadVersion.broken("the model can't be read, by a fault of Modelmill; its log says more");
        }
    }

    private ReadVersion read(ModelListing model, VersionListing version, ModelFiles files) throws IOException {
        ModelVersion read = new ModelVersion(
                model.name(),
                version.version(),
                files.digest(),
                version.folder(),
                settings(model.folder(), files),
                files.fingerprint());
        Inspection inspection = inspections.get(read.digest());
        if (inspection == null) {
            inspection = inspect(read);
            if (!ModelFiles.of(model.folder(), version.folder()).fingerprint().equals(files.fingerprint())) {
                return ReadVersion.broken("the model's files changed while they were being read");
            }
            keep(read.digest(), inspection);
        }
        return new ReadVersion(read, inspection.signature, inspection.error);
    }

    private static ModelSettings settings(Path modelFolder, ModelFiles files) throws IOException {
        return files.contains(ModelFiles.SETTINGS)
                ? SettingsReader.read(modelFolder.resolve(ModelFiles.SETTINGS), files.contains("model.onnx"))
                : ModelSettings.DEFAULTS;
    }

    private Inspection inspect(ModelVersion model) {
        try {
            return new Inspection(runtime(model.settings()).inspect(model), null);
        } catch (ModelException e) {
            return new Inspection(null, e.getMessage());
        }
    }

    private ModelRuntime runtime(ModelSettings settings) {
        if (settings.isolation().equals("process")) {
            throw new ModelException("isolation: process isn't available yet; say isolation: none in model.yml");
        }
        return runtimes.stream()
                .filter(runtime -> runtime.name().equals(settings.runtime()))
                .findFirst()
                .orElseThrow(() -> new ModelException("runtime: " + settings.runtime()
                        + " isn't available yet; known are "
                        + String.join(
                                ", ", runtimes.stream().map(ModelRuntime::name).toList())));
    }

    /** Forgetting all now and then costs some models a second look. */
    private void keep(String digest, Inspection inspection) {
        if (inspections.size() >= MAX_KEPT) {
            inspections.clear();
        }
        inspections.put(digest, inspection);
    }

    private static String unreadable(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "\"" + Path.of(denied.getFile()).getFileName()
                    + "\" may not be read by the service: change its permissions";
        }
        return "the model's files can't be read or changed meanwhile";
    }
}
