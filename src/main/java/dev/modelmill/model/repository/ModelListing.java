package dev.modelmill.model.repository;

import dev.modelmill.model.ModelFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A model's folder as it is at one moment: names, sizes and times, nothing read.
 *
 * @param name the model's name
 * @param folder its folder
 * @param versions its versions, ascending; at least one
 */
record ModelListing(String name, Path folder, List<VersionListing> versions) {

    private static final String FLAT = "1";

    /** Lists a model's numbered versions, and the flat one where there is no other or it has a model of its own. */
    static ModelListing of(Path folder) throws IOException {
        List<VersionListing> versions = numbered(folder);
        VersionListing flat = VersionListing.of(FLAT, folder, folder);
        boolean taken = versions.stream().anyMatch(version -> version.version().equals(FLAT));
        boolean ownModel = flat.files() != null && flat.files().contains("model.onnx");
        if (versions.isEmpty() || (ownModel && !taken)) {
            versions.add(0, flat);
        }
        return new ModelListing(folder.getFileName().toString(), folder, List.copyOf(versions));
    }

    private static List<VersionListing> numbered(Path folder) throws IOException {
        List<VersionListing> versions = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (ModelFiles.isNumbered(name)) {
                    versions.add(VersionListing.of(name, folder, child));
                }
            }
        }
        versions.removeIf(VersionListing::isEmpty);
        versions.sort(Comparator.comparingLong(version -> Long.parseLong(version.version())));
        return versions;
    }

    /** Equal as long as nothing changes. */
    String fingerprint() {
        return versions.stream()
                .map(version -> version.version() + '=' + version.fingerprint())
                .collect(Collectors.joining(";"));
    }

    List<String> versionNames() {
        return versions.stream().map(VersionListing::version).toList();
    }
}
