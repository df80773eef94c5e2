package dev.modelmill.job.intake;

import dev.modelmill.job.JobRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders under which the paths of jobs must lie, after symbolic links are resolved; never in the data folder, where the
 * service's own files are. Immutable.
 */
final class FileRoots {

    private final List<Path> roots;
    private final Path dataFolder;
    private final String setting;

    FileRoots(List<Path> roots, Path dataFolder, String setting) {
        this.roots = roots;
        this.dataFolder = dataFolder;
        this.setting = setting;
    }

    /** The real path of a file to read. */
    Path readable(String text, String pointer) {
        Path path = parse(text, pointer);
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            if (outside(path.toAbsolutePath().normalize())) {
                throw outside(text, pointer);
            }
            throw new JobRejectedException("input_not_found", pointer, "there is no file \"" + text + "\"");
        }
        if (outside(real)) {
            throw outside(text, pointer);
        }
        if (!Files.isRegularFile(real) || !Files.isReadable(real)) {
            throw new JobRejectedException(
                    "input_not_found", pointer, "\"" + text + "\" is not a file that can be read");
        }
        return real;
    }

    /** The real path of a file to write, whose folder is made where it is missing. */
    Path writable(String text, String pointer) {
        Path path = parse(text, pointer).toAbsolutePath().normalize();
        Path existing = path.getParent();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || path.getFileName() == null || outsideRealOf(existing, path)) {
            throw outside(text, pointer);
        }
        if (Files.isDirectory(path)) {
            throw new JobRejectedException("invalid_output", pointer, "\"" + text + "\" is a folder; name a file");
        }
        return path;
    }

    private boolean outsideRealOf(Path existing, Path path) {
        try {
            Path target =
                    existing.toRealPath().resolve(existing.relativize(path)).normalize();
            return outside(Files.exists(target) ? target.toRealPath() : target);
        } catch (IOException e) {
            return true;
        }
    }

    private boolean outside(Path path) {
        return path.startsWith(real(dataFolder)) || roots.stream().noneMatch(root -> path.startsWith(real(root)));
    }

    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException notThere) {
            return root.toAbsolutePath().normalize();
        }
    }

    private static Path parse(String text, String pointer) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new JobRejectedException("invalid_path", pointer, "\"" + text + "\" is no path");
        }
    }

    private JobRejectedException outside(String text, String pointer) {
        return new JobRejectedException(
                "path_not_allowed", pointer, "\"" + text + "\" lies outside the folders that " + setting + " allows");
    }
}
