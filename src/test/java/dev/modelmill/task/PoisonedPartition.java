package dev.modelmill.task;

import dev.modelmill.model.Batch;
import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Signature;
import dev.modelmill.model.Tensor;
import dev.modelmill.model.TensorBatch;
import dev.modelmill.model.Tensors;
import dev.modelmill.task.input.InputScan;
import dev.modelmill.task.input.PartitionPlan;
import dev.modelmill.task.input.PartitionRange;
import dev.modelmill.task.input.PartitionSizes;
import dev.modelmill.task.input.TaskFormat;
import dev.modelmill.task.input.TaskInput;
import dev.modelmill.task.output.PartFiles;
import dev.modelmill.worker.CallTimeoutException;
import dev.modelmill.worker.WorkerContext;
import dev.modelmill.worker.WorkerCrashedException;
import dev.modelmill.worker.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs tasks through {@link PartitionWork} as a partition's step does, with a fresh worker after each call that gave no
 * answer and a new attempt after each worker that was lost, and reads the part files.
 */
final class PoisonedPartition {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Signature SIGNATURE = new Signature(
            List.of(new InputSpec(
                    "x", ElementType.INT64, List.of(-1L, -1L), List.of(-1L), new InputSpec.Source(null, null, null))),
            List.of(new OutputSpec("y", "y", "int64", ElementType.INT64, List.of(-1L))),
            Signature.Batching.DYNAMIC);

    private final Path folder;
    private final int batchSize;
    private final List<PoisonTask> tasks;
    private final List<String> calls = new ArrayList<>();
    private int freshWorkers;

    PoisonedPartition(Path folder, int batchSize, List<PoisonTask> tasks) {
        this.folder = folder;
        this.batchSize = batchSize;
        this.tasks = tasks;
    }

    /** The tasks of each call in their order, {@code 0 1 2 3}. */
    List<String> calls() {
        return calls;
    }

    /** How many workers had to be replaced. */
    int freshWorkers() {
        return freshWorkers;
    }

    /** Runs it to its end; the outcome of each task, {@code ok} or {@code timeout 5}. */
    List<String> outcomes() throws IOException {
        Path file = Files.createTempFile(folder, "tasks", ".jsonl");
        Files.writeString(
                file,
                IntStream.range(0, tasks.size())
                        .mapToObj(number -> tasks.get(number).json(number) + "\n")
                        .collect(Collectors.joining()));
        TaskInput input = new TaskInput(file, TaskFormat.JSONL, ',', "id", 1 << 20);
        PartitionRange range = PartitionPlan.cut(
                        InputScan.of(input, batchSize, () -> false), new PartitionSizes(1, 1e9, 1))
                .get(0);
        TaskSettings settings = new TaskSettings(input, SIGNATURE, batchSize, List.of());
        return outcomes(toTheEnd(settings, range, Files.createTempDirectory(folder, "parts")));
    }

    private PartFiles toTheEnd(TaskSettings settings, PartitionRange range, Path parts) throws IOException {
        int attempt = 1;
        Checkpoint committed = Checkpoint.START;
        PartFiles files = new PartFiles(parts, range.number(), attempt);
        PartFiles committedFiles = files;
        PartitionWork work = PartitionWork.open(settings, range, committed, committedFiles, files);
        while (!work.finished()) {
            try (FakeWorker worker = new FakeWorker()) {
                work.run(worker, Duration.ofMinutes(1));
            } catch (CallTimeoutException | WorkerCrashedException broken) {
                freshWorkers++;
            } catch (WorkerLostException lost) {
                freshWorkers++;
                files = new PartFiles(parts, range.number(), ++attempt);
                PartitionWork next = PartitionWork.open(settings, range, committed, committedFiles, files);
                work.handOver(next);
                work.close();
                work = next;
                continue;
            }
            committed = work.checkpoint();
            committedFiles = files;
        }
        work.close();
        return new PartFiles(parts, range.number(), attempt);
    }

    private List<String> outcomes(PartFiles files) throws IOException {
        String[] outcomes = new String[tasks.size()];
        for (String line : Files.readAllLines(files.results())) {
            JsonNode result = JSON.readTree(line);
            int index = result.get("index").intValue();
            boolean right = result.get("y").longValue()
                    == index * 10L + tasks.get(index).kind().ordinal();
            outcomes[index] = outcomes[index] == null && right ? "ok" : "wrong: " + line;
        }
        if (Files.exists(files.errors())) {
            for (String line : Files.readAllLines(files.errors())) {
                JsonNode error = JSON.readTree(line);
                int index = error.get("index").intValue();
                String said = error.get("code").stringValue() + " "
                        + error.get("attempts").intValue();
                outcomes[index] = outcomes[index] == null ? said : "twice: " + line;
            }
        }
        return Arrays.asList(outcomes);
    }

    /** A worker whose model gives each task's first number back, or does what that number says. */
    private final class FakeWorker implements WorkerContext, AutoCloseable {

        private final Map<Class<?>, AutoCloseable> scratch = new HashMap<>();

        @Override
        public String name() {
            return "fake-1";
        }

        @Override
        public Signature signature() {
            return SIGNATURE;
        }

        @Override
        public Outputs call(Batch batch) {
            Tensor x = ((TensorBatch) batch).inputs().get(0);
            long[] first = new long[batch.size()];
            for (int row = 0; row < first.length; row++) {
                first[row] = x.data().getLong((int) (8 * row * x.shape()[1]));
            }
            calls.add(Arrays.stream(first).mapToObj(each -> "" + each / 10).collect(Collectors.joining(" ")));
            for (long each : first) {
                harm(PoisonTask.kindOf(each));
            }
            return new Values(first);
        }

        private void harm(PoisonTask.Kind kind) {
            switch (kind) {
                case REFUSED -> throw new ModelException("refused");
                case HANGING -> throw new CallTimeoutException("late");
                case CRASHING -> throw new WorkerCrashedException("broken", new IllegalStateException());
                case STUBBORN -> throw new WorkerLostException("given up");
                default -> {}
            }
        }

        @Override
        public boolean yieldRequested() {
            return false;
        }

        @Override
        public <S extends AutoCloseable> S scratch(Class<S> type, Supplier<S> maker) {
            @Nullable AutoCloseable known = scratch.computeIfAbsent(type, each -> maker.get());
            return type.cast(known);
        }

        @Override
        public void close() throws IOException {
            for (AutoCloseable each : scratch.values()) {
                try {
                    each.close();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private record Values(long[] values) implements Outputs {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public List<Column> columns() {
            Tensor tensor = Tensors.longs("y", Tensors.shape(values.length), values);
            return List.of(new Column.OfTensor(SIGNATURE.outputs().get(0), new long[0], tensor));
        }

        @Override
        public void close() {}
    }
}
