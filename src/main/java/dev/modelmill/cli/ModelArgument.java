package dev.modelmill.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a user names as a model.
 *
 * @param name its name in the model repository, with a version perhaps
 * @param source its folder or {@code .onnx} file; null: it is in the repository already
 */
record ModelArgument(String name, @Nullable Path source) {

    private static final String ONNX = ".onnx";
    private static final int MAX_NAME = 64;

    /**
     * Tells a name from a path: a path has a separator, ends in {@code .onnx}, or is a folder that holds a model.
     *
     * @throws CommandFailedException if it is a path and nothing is there
     */
    static ModelArgument parse(String text) {
        boolean path = text.contains("/") || text.contains("\\") || text.endsWith(ONNX) || isModel(Path.of(text));
        if (!path) {
            return new ModelArgument(text, null);
        }
        Path source = Path.of(text).toAbsolutePath().normalize();
        if (!Files.exists(source)) {
            throw new CommandFailedException(ExitCodes.USAGE, "there is no model \"" + text + "\"");
        }
        return of(Files.isDirectory(source) || !source.endsWith("model.onnx") ? source : source.getParent());
    }

    private static ModelArgument of(Path source) {
        return new ModelArgument(nameOf(source), source);
    }

    private static boolean isModel(Path folder) {
        return Files.exists(folder.resolve("model.onnx")) || Files.exists(folder.resolve("model.yml"));
    }

    private static String nameOf(Path source) {
        String file =
                source.getFileName() == null ? "model" : source.getFileName().toString();
        String stem = file.endsWith(ONNX) ? file.substring(0, file.length() - ONNX.length()) : file;
        String name = stem.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "model" : name.substring(0, Math.min(MAX_NAME, name.length()));
    }
}
