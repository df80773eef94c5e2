package dev.modelmill.model;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Walks the folder of one version of a model and lists its files for {@link ModelFiles}. Used once, by one thread. */
final class ModelFileLister extends SimpleFileVisitor<Path> {

    private final SortedMap<String, FileState> found = new TreeMap<>();
    private final Path modelFolder;
    private final Path folder;
    private final Path bounds;
    private final boolean flat;

    ModelFileLister(Path modelFolder, Path folder) throws IOException {
        this.modelFolder = modelFolder;
        this.folder = folder;
        this.bounds = modelFolder.toRealPath();
        this.flat = folder.equals(modelFolder);
    }

    /** One file as it is now; the time is in nanoseconds. */
    record FileState(Path path, long size, long modified, boolean readable) {}

    boolean isFlat() {
        return flat;
    }

    SortedMap<String, FileState> found() {
        return found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
        if (isLeftOut(path)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (!path.equals(modelFolder)) {
            refuseLinkOutside(path);
        }
        return FileVisitResult.CONTINUE;
    }

    private boolean isLeftOut(Path path) {
        String name = path.getFileName().toString();
        boolean version = flat && folder.equals(path.getParent()) && ModelFiles.isNumbered(name);
        return !path.equals(folder) && (version || name.startsWith(".") || name.equals("__pycache__"));
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
        if (path.getFileName().toString().startsWith(".")) {
            return FileVisitResult.CONTINUE;
        }
        refuseLinkOutside(path);
        if (attributes.isRegularFile()) {
            found.put(nameOf(path), stateOf(path, attributes));
        }
        return FileVisitResult.CONTINUE;
    }

    private String nameOf(Path path) {
        if (path.equals(modelFolder.resolve(ModelFiles.SETTINGS))) {
            return ModelFiles.SETTINGS;
        }
        if (!flat && path.equals(folder.resolve(ModelFiles.SETTINGS))) {
            throw new ModelException("\"" + folder.getFileName() + "/" + ModelFiles.SETTINGS
                    + "\" isn't read: one model.yml in the model's folder serves all versions, so move it there");
        }
        return folder.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private static FileState stateOf(Path path, BasicFileAttributes attributes) {
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return new FileState(path, attributes.size(), modified, Files.isReadable(path));
    }

    private void refuseLinkOutside(Path path) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            return;
        }
        if (!Files.exists(path)) {
            throw new ModelException("\"" + shown(path) + "\" is a symbolic link that leads nowhere: remove it");
        }
        if (!path.toRealPath().startsWith(bounds)) {
            throw new ModelException("\"" + shown(path)
                    + "\" is a symbolic link that leads outside of the model's folder:" + " put the file itself there");
        }
    }

    private Path shown(Path path) {
        return modelFolder.relativize(path);
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException problem) throws IOException {
        if (problem instanceof FileSystemLoopException) {
            throw new ModelException("\"" + shown(path) + "\" is a symbolic link that leads in a circle: remove it");
        }
        if (isLeftOut(path)) {
            return FileVisitResult.CONTINUE;
        }
        throw problem;
    }
}
