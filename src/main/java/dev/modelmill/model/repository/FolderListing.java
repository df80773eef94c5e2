package dev.modelmill.model.repository;

import dev.modelmill.model.ModelReference;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the models in the folder of the repository; says once what it leaves out. Confined to its repository's lock. */
final class FolderListing {

    private static final Logger log = LoggerFactory.getLogger(FolderListing.class);

    private final Path root;
    private final Set<String> reported = new HashSet<>();

    FolderListing(Path root) {
        this.root = root;
    }

    /**
     * The models that are there now, by name: none where the folder is missing.
     *
     * @throws IOException if the folder is there but can't be listed
     */
    SortedMap<String, ModelListing> models() throws IOException {
        SortedMap<String, ModelListing> models = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            return models;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, this::isModel)) {
            for (Path folder : folders) {
                add(models, folder);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return models;
    }

    private boolean isModel(Path folder) {
        String name = folder.getFileName().toString();
        if (name.startsWith(".") || !Files.isDirectory(folder)) {
            return false;
        }
        if (!ModelReference.isName(name)) {
            report(
                    name,
                    "a model's name has 1 to 64 of the characters A-Z a-z 0-9 . _ - and begins with a letter or digit");
            return false;
        }
        return true;
    }

    private void add(SortedMap<String, ModelListing> models, Path folder) {
        String name = folder.getFileName().toString();
        try {
            models.put(name, ModelListing.of(folder));
        } catch (IOException | DirectoryIteratorException e) {
            report(name, "it can't be listed: " + e.getMessage());
        }
    }

    private void report(String name, String why) {
        if (reported.add(name)) {
            log.warn("The folder \"{}\" among the models is ignored: {}", name, why);
        }
    }
}
