package dev.modelmill.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;

/** Writes the inputs, always the same; one that is there is kept. */
final class BenchInputs {

    static final int TOKENS = 64;
    static final int VOCABULARY = 2_000;
    private static final long SEED = 7;
    private static final Path DIGITS = Path.of("src/test/resources/samples/digits/input.csv");

    private BenchInputs() {}

    /** Rows drawn from the real digits, 64 columns without an id. */
    static Path digits(Path file, int rows) throws IOException {
        List<String> real = Files.readAllLines(DIGITS).stream()
                .map(line -> line.substring(line.indexOf(',') + 1))
                .toList();
        Random random = new Random(SEED);
        return write(file, out -> {
            out.append(real.get(0)).append('\n');
            for (int row = 0; row < rows; row++) {
                out.append(real.get(1 + random.nextInt(real.size() - 1))).append('\n');
            }
        });
    }

    /** Tasks of 64 random token ids. */
    static Path encoder(Path file, int tasks) throws IOException {
        Random random = new Random(SEED);
        return write(file, out -> {
            for (int task = 0; task < tasks; task++) {
                out.append("{\"input_ids\": [").append(Integer.toString(random.nextInt(VOCABULARY)));
                for (int token = 1; token < TOKENS; token++) {
                    out.append(", ").append(Integer.toString(random.nextInt(VOCABULARY)));
                }
                out.append("]}\n");
            }
        });
    }

    /** Writes the text of a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(BufferedWriter out) throws IOException;
    }

    /** Writes a file unless it is there; it appears whole or not at all. */
    static Path write(Path file, Content content) throws IOException {
        if (Files.notExists(file)) {
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            try (BufferedWriter out = Files.newBufferedWriter(unfinished)) {
                content.writeTo(out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }
}
