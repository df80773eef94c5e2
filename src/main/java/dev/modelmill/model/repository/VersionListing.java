package dev.modelmill.model.repository;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model as it lies in its folder: names, sizes and times of the files, nothing read.
 *
 * @param version the version
 * @param folder its folder, the model's for the flat layout
 * @param files its files; null where {@code error} says why they can't be listed
 * @param error why not, for the model's owner; else null
 */
record VersionListing(
        String version,
        Path folder,
        @Nullable ModelFiles files,
        @Nullable String error) {

    static VersionListing of(String version, Path modelFolder, Path folder) {
        try {
            return new VersionListing(version, folder, ModelFiles.of(modelFolder, folder), null);
        } catch (ModelException e) {
            return new VersionListing(version, folder, null, e.getMessage());
        } catch (IOException e) {
            return new VersionListing(version, folder, null, "the model's files can't be listed");
        }
    }

    /** Equal as long as nothing changes. */
    String fingerprint() {
        return files == null ? String.valueOf(error) : files.fingerprint();
    }

    /** A numbered folder that someone has just made. */
    boolean isEmpty() {
        return files != null && files.isEmpty();
    }
}
