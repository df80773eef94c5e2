package dev.modelmill.task.input;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec.Source;
import dev.modelmill.model.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A partition's file bytes into tensor buffers, window by window; an operation is one task of 64 values. With
 * {@code -prof gc} the bytes allocated per task.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodeBenchmark {

    private static final int TASKS = 32_768;
    private static final int VALUES = 64;
    private static final int WINDOW = 256;
    private static final long SEED = 7;

    /** What the values are: grey levels as in the digits, token ids, or floats with eight digits. */
    public enum Values {
        SMALL(ElementType.FLOAT32, 17),
        TOKENS(ElementType.INT64, 2_000),
        FLOATS(ElementType.FLOAT32, 0);

        private final ElementType type;
        private final int bound;

        Values(ElementType type, int bound) {
            this.type = type;
            this.bound = bound;
        }

        private String next(Random random) {
            return bound == 0 ? Float.toString(random.nextFloat()) : Integer.toString(random.nextInt(bound));
        }
    }

    @Param({"CSV", "JSONL"})
    TaskFormat format;

    @Param
    Values values;

    private Path folder = Path.of("");
    private TaskDecoder decoder;
    private DecodedWindow window;
    private PartitionRange range;

    /** Writes the input and counts it. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("decode");
        TaskInput input =
                TestInputs.input(folder, format, text().getBytes(StandardCharsets.UTF_8), TestInputs.MAX_TASK_SIZE);
        Source source = format == TaskFormat.CSV
                ? TestInputs.columns(IntStream.range(0, VALUES)
                        .mapToObj(column -> "v" + column)
                        .toArray(String[]::new))
                : TestInputs.field("v");
        Signature signature = TestInputs.batched(TestInputs.spec("v", values.type, source, VALUES));
        range = PartitionPlan.cut(TestInputs.scan(input, TASKS), PartitionSizes.of(1, null))
                .get(0);
        decoder = new TaskDecoder(input, TaskSchema.bind(input, signature), Include.NONE);
        window = new DecodedWindow(signature);
    }

    private String text() {
        Random random = new Random(SEED);
        boolean csv = format == TaskFormat.CSV;
        StringBuilder text = new StringBuilder(csv ? names() : "");
        for (int task = 0; task < TASKS; task++) {
            text.append(csv ? "" : "{\"v\": [");
            for (int value = 0; value < VALUES; value++) {
                text.append(value == 0 ? "" : csv ? "," : ", ").append(values.next(random));
            }
            text.append(csv ? "\n" : "]}\n");
        }
        return text.toString();
    }

    private static String names() {
        StringBuilder names = new StringBuilder("v0");
        for (int column = 1; column < VALUES; column++) {
            names.append(",v").append(column);
        }
        return names.append('\n').toString();
    }

    /** Reads one partition from its start to its end. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public long partition() {
        decoder.open(range, InputPosition.startOf(range));
        long tasks = 0;
        while (decoder.next(window, WINDOW)) {
            tasks += window.groups().get(0).size();
        }
        if (tasks != TASKS) {
            throw new IllegalStateException(tasks + " tasks");
        }
        return tasks;
    }

    /** Removes the input. */
    @TearDown
    public void close() throws IOException {
        decoder.close();
        window.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
