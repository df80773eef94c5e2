package dev.modelmill.task.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.InputSpec.Source;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Signature.Batching;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Small inputs and signatures for tests. */
final class TestInputs {

    static final int MAX_TASK_SIZE = 1 << 24;

    private TestInputs() {}

    static TaskInput csv(Path folder, String text) {
        return csv(folder, text, MAX_TASK_SIZE);
    }

    static TaskInput csv(Path folder, String text, int maxTaskSize) {
        return input(folder, TaskFormat.CSV, text.getBytes(StandardCharsets.UTF_8), maxTaskSize);
    }

    static TaskInput jsonl(Path folder, String text) {
        return jsonl(folder, text, MAX_TASK_SIZE);
    }

    static TaskInput jsonl(Path folder, String text, int maxTaskSize) {
        return input(folder, TaskFormat.JSONL, text.getBytes(StandardCharsets.UTF_8), maxTaskSize);
    }

    static TaskInput input(Path folder, TaskFormat format, byte[] bytes, int maxTaskSize) {
        try {
            Path file = Files.createTempFile(folder, "input", "." + format.label());
            Files.write(file, bytes);
            return new TaskInput(file, format, ',', "id", maxTaskSize);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Signature batched(InputSpec... inputs) {
        return new Signature(List.of(inputs), List.of(), Batching.DYNAMIC);
    }

    static InputSpec spec(String name, ElementType type, long... taskShape) {
        return spec(name, type, Source.BY_NAME, taskShape);
    }

    static InputSpec spec(String name, ElementType type, Source source, long... taskShape) {
        List<Long> shape = Arrays.stream(taskShape).boxed().toList();
        List<Long> whole = Stream.concat(Stream.of(-1L), shape.stream()).toList();
        return new InputSpec(name, type, whole, shape, source);
    }

    static Source field(String name) {
        return new Source(name, null, null);
    }

    static Source columns(String... names) {
        return new Source(null, List.of(names), null);
    }

    static Source missing(String literal) {
        return new Source(null, null, literal);
    }

    static InputScan scan(TaskInput input, int window) {
        return InputScan.of(input, window, () -> false);
    }

    /** All tasks of an input, described one by one, read partition by partition in windows. */
    static List<String> tasks(TaskInput input, Signature signature, List<PartitionRange> ranges, int window) {
        List<String> tasks = new ArrayList<>();
        TaskSchema schema = TaskSchema.bind(input, signature);
        try (TaskDecoder decoder = new TaskDecoder(input, schema, Include.NONE);
                DecodedWindow decoded = new DecodedWindow(signature)) {
            for (PartitionRange range : ranges) {
                decoder.open(range, InputPosition.startOf(range));
                while (decoder.next(decoded, window)) {
                    tasks.addAll(DecodedTasks.of(decoded));
                }
            }
        }
        return tasks;
    }

    /** All tasks of an input, not counted before: the same with and without an echo, for which CSV is read otherwise. */
    static List<String> tasks(TaskInput input, Signature signature) {
        List<String> tasks = tasks(input, signature, Include.NONE);
        assertThat(tasks(input, signature, new Include(true, List.of()))).isEqualTo(tasks);
        return tasks;
    }

    private static List<String> tasks(TaskInput input, Signature signature, Include include) {
        List<String> tasks = new ArrayList<>();
        try (TaskDecoder decoder = new TaskDecoder(input, TaskSchema.bind(input, signature), include);
                DecodedWindow decoded = new DecodedWindow(signature)) {
            decoder.openUncounted();
            while (decoder.next(decoded, 3)) {
                tasks.addAll(DecodedTasks.of(decoded));
            }
        }
        return tasks;
    }
}
