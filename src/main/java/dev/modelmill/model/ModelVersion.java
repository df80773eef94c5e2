package dev.modelmill.model;

import java.nio.file.Path;

/**
 * One version of a model as it lies in the repository at one moment. Two with the same digest are the same model; a file
 * replaced in place makes a new one under the same name and version. Immutable.
 *
 * @param name the model's name
 * @param version the version: {@code 1} for the flat layout
 * @param digest {@code sha256:…} over the files of this version
 * @param folder the folder that holds {@code model.onnx}
 * @param settings what {@code model.yml} says, defaults filled in
 * @param fingerprint sizes and times of its files when the digest was taken, so that loading can tell that they changed
 */
public record ModelVersion(
        String name, String version, String digest, Path folder, ModelSettings settings, String fingerprint) {

    /** {@code name:version}, as a job may name it. */
    public String reference() {
        return name + ":" + version;
    }
}
