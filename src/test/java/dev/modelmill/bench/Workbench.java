package dev.modelmill.bench;

import dev.modelmill.model.onnx.OnnxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the bench works: models and inputs, written once and kept, and the data folders of the services, which go with
 * them. Used by one thread.
 *
 * @param home the folder, under {@code target}
 */
record Workbench(Path home, Options options) {

    private static final Path JAR = Path.of("target/modelmill.jar").toAbsolutePath();

    /** The JVM that runs the bench. */
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** Makes the models. */
    static Workbench at(Options options) throws IOException {
        Workbench bench = new Workbench(Path.of("target/bench").toAbsolutePath(), options);
        for (String folder : List.of("input", "output", "models/digits_mlp")) {
            Files.createDirectories(bench.home.resolve(folder));
        }
        Path digits = bench.model("digits_mlp");
        if (Files.notExists(digits)) {
            Files.copy(Path.of("src/test/resources/samples/digits_mlp.onnx"), digits);
        }
        if (Files.notExists(bench.model("encoder"))) {
            BenchModels.encoder().writeTo(bench.model("encoder"));
        }
        if (Files.notExists(bench.model("steps"))) {
            OnnxFiles.loopByInput().writeTo(bench.model("steps"));
        }
        return bench;
    }

    static Path jar() {
        return JAR;
    }

    /** The file of a model. */
    Path model(String name) {
        return home.resolve("models").resolve(name).resolve("model.onnx");
    }

    /** Writes what the peers read, too. */
    void writeInputs() throws IOException {
        digits(options.rows());
        encoderTasks(options.tasks());
    }

    /** The digits as CSV with so many rows of 64 columns. */
    Path digits(int rows) throws IOException {
        return BenchInputs.digits(home.resolve("input/digits_" + rows + ".csv"), rows);
    }

    /** So many tasks of 64 token ids as JSONL. */
    Path encoderTasks(int tasks) throws IOException {
        return BenchInputs.encoder(home.resolve("input/encoder_" + tasks + ".jsonl"), tasks);
    }

    /** Starts the jar over an empty data folder and waits until it is ready. */
    Service start(String... settings) throws IOException {
        return start(packed(), settings);
    }

    /** How the jar is started as it was built. */
    static List<String> packed() {
        return List.of(JAVA.toString(), "-Xmx512m", "-jar", JAR.toString());
    }

    Service start(List<String> java, String... settings) throws IOException {
        removeTree(home.resolve("data"));
        return Service.start(home, java, List.of(settings));
    }

    /** Removes a folder with all that is in it, if it is there. */
    static void removeTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
