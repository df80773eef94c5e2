package dev.modelmill.crash;

import dev.modelmill.model.onnx.OnnxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the models and the inputs of the harness, always the same. */
final class Inputs {

    static final int DIGITS = 8_000;
    static final int SLOW = 2_000;
    static final int SMALL = 40;
    static final int LONG = 6_000;

    /** How often the slow model adds 1 in a call. */
    static final int STEPS = 4_000;

    private static final long SEED = 20_261_123;
    private static final int ONE_BAD_IN = 97;

    private Inputs() {}

    /** Writes the models into {@code models} and the inputs into {@code input}. */
    static void write(Path folder) throws IOException {
        Path models = folder.resolve("models");
        for (String name : List.of("model.onnx", "model.yml")) {
            Path target = models.resolve("digits").resolve(name);
            Files.createDirectories(target.getParent());
            Files.copy(Path.of("models/digits", name), target);
        }
        writeSlowModel(models, STEPS);
        Path input = Files.createDirectories(folder.resolve("input"));
        Random random = new Random(SEED);
        Files.write(input.resolve("digits.csv"), digits(random));
        Files.write(input.resolve("slow.jsonl"), slow(random, SLOW, true));
        Files.write(input.resolve("long.jsonl"), slow(random, LONG, true));
        Files.write(input.resolve("small.jsonl"), slow(random, SMALL, false));
    }

    /** A model that adds {@code steps} to its input, one at a time. */
    static void writeSlowModel(Path models, int steps) throws IOException {
        OnnxFiles.loop(steps).writeTo(models.resolve("slow/model.onnx"));
        Files.writeString(models.resolve("slow/model.yml"), "batch-size: 16\n");
    }

    private static List<String> digits(Random random) throws IOException {
        List<String> rows = Files.readAllLines(Path.of("examples/digits.csv"));
        List<String> lines = new ArrayList<>(List.of(rows.get(0)));
        for (int i = 0; i < DIGITS; i++) {
            String row = rows.get(1 + random.nextInt(rows.size() - 1));
            lines.add("d-" + i + (random.nextInt(ONE_BAD_IN) == 0 ? bad(random) : row.substring(row.indexOf(','))));
        }
        return lines;
    }

    private static String bad(Random random) {
        return random.nextBoolean() ? ",1,2,3" : ",\"grey\"" + ",0".repeat(63);
    }

    private static List<String> slow(Random random, int tasks, boolean withBad) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            boolean bad = withBad && random.nextInt(ONE_BAD_IN) == 0;
            String value = !bad ? Integer.toString(i) : random.nextBoolean() ? "[1, 2]" : "\"much\"";
            lines.add("{\"id\":\"s-" + i + "\",\"x\":" + value + "}");
        }
        return lines;
    }
}
