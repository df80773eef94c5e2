package dev.modelmill.powerloss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The jobs of the recorded run: from a file of the server, inline, uploaded plain and compressed, some with an output. */
final class Orders {

    private static final Path DIGITS = Path.of("examples", "digits.csv");
    private static final int SMALL = 30;

    private final Path outputs;
    private final List<String> digits;

    Orders(Path outputs) throws IOException {
        this.outputs = outputs;
        digits = Files.readAllLines(DIGITS);
    }

    /** All digits, read where they are. */
    Order path(String name) {
        String json = json("digits", "\"input\": {\"path\": \"" + DIGITS.toAbsolutePath() + "\"}", name + ".jsonl");
        return Order.json(name, "digits", digits.size() - 1, name + ".jsonl", json);
    }

    /** A few flowers, inside the request. */
    Order inline(String name) {
        String tasks = IntStream.range(0, SMALL)
                .mapToObj(
                        i -> "{\"id\": \"f%d\", \"sepal_length\": %d.5, \"sepal_width\": 3, \"petal_length\": 1.4, %s}"
                                .formatted(
                                        i,
                                        i % 5 + 2,
                                        i % 7 == 3 ? "\"petal_width\": \"wide\"" : "\"petal_width\": 0.2"))
                .collect(Collectors.joining(", "));
        String json = json("iris", "\"input\": {\"tasks\": [" + tasks + "]}", null);
        return Order.json(name, "flowers", SMALL, null, json);
    }

    /** The digits over and over, some of them no numbers, uploaded. */
    Order upload(String name, int times, @Nullable String output) {
        String json = json("digits", null, output);
        int tasks = times * (digits.size() - 1);
        return Order.upload(name, "digits*" + times, tasks, output, json, "digits.csv", repeated(times));
    }

    /** The same, compressed. */
    Order compressed(String name, int times) {
        String output = name + ".jsonl";
        String json = json("digits", null, output);
        int tasks = times * (digits.size() - 1);
        byte[] packed = Order.gzip(repeated(times));
        return Order.upload(name, "digits*" + times, tasks, output, json, "digits.csv.gz", packed);
    }

    private byte[] repeated(int times) {
        StringBuilder csv = new StringBuilder(digits.get(0)).append('\n');
        for (int time = 0; time < times; time++) {
            for (int line = 1; line < digits.size(); line++) {
                String text = digits.get(line);
                csv.append(line % 97 == time ? text.replaceFirst(",\\d+", ",none") : text)
                        .append('\n');
            }
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String json(String model, @Nullable String input, @Nullable String output) {
        String inputField = input == null ? "" : ", " + input;
        String outputField = output == null ? "" : ", \"output\": {\"path\": \"" + outputs.resolve(output) + "\"}";
        return "{\"model\": \"" + model + "\", \"batchSize\": 4, \"maxErrors\": \"100%\"" + inputField + outputField
                + "}";
    }
}
