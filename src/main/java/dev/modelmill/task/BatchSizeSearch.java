package dev.modelmill.task;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Signature;
import dev.modelmill.task.input.DecodedWindow;
import dev.modelmill.task.input.Include;
import dev.modelmill.task.input.TaskDecoder;
import dev.modelmill.task.input.TaskGroup;
import dev.modelmill.task.input.TaskInput;
import dev.modelmill.task.input.TaskSchema;
import dev.modelmill.worker.CallTimeoutException;
import dev.modelmill.worker.WorkerContext;
import dev.modelmill.worker.WorkerCrashedException;
import dev.modelmill.worker.WorkerTask;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the batch size at which a model is fastest, by calls on the first tasks of an input: 1, 4, 16 … up to 256, as long
 * as larger ones pay and for about a second at most. The smallest within a twentieth of the best wins.
 */
public final class BatchSizeSearch implements WorkerTask<BatchSizeSearch.Found> {

    private static final Logger log = LoggerFactory.getLogger(BatchSizeSearch.class);
    private static final int[] SIZES = {1, 4, 16, 64, 256};
    private static final int LARGEST = 256;
    private static final int USUAL = 64;
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long EACH_NANOS = 40_000_000L;
    private static final double NEARLY = 1.05;

    private final TaskInput tasks;
    private final Signature signature;

    public BatchSizeSearch(TaskInput tasks, Signature signature) {
        this.tasks = tasks;
        this.signature = signature;
    }

    /**
     * What was found.
     *
     * @param batchSize the batch size to take
     * @param secondsPerTask how long a task takes at that size, the model alone; 0 where nothing could be measured
     * @param certain whether enough tasks were there to try every size worth trying
     */
    public record Found(int batchSize, double secondsPerTask, boolean certain) {}

    @Override
    public Found run(WorkerContext worker) throws IOException {
        WindowBuffers buffers = worker.scratch(WindowBuffers.class, () -> new WindowBuffers(signature));
        DecodedWindow window = buffers.window();
        TaskSchema schema = TaskSchema.bind(tasks, signature);
        try (TaskDecoder decoder = new TaskDecoder(tasks, schema, Include.NONE)) {
            decoder.openUncounted();
            decoder.next(window, signature.batched() ? LARGEST : 1);
        }
        List<TaskGroup> groups = window.groups();
        if (groups.isEmpty()) {
            return usual(signature);
        }
        TaskGroup largest = groups.stream()
                .reduce((one, other) -> other.size() > one.size() ? other : one)
                .orElseThrow();
        try {
            return search(worker, largest);
        } catch (ModelException | CallTimeoutException | WorkerCrashedException noAnswer) {
            return usual(signature);
        }
    }

    /** What to take where nothing could be measured. */
    public static Found usual(Signature signature) {
        return new Found(signature.batched() ? USUAL : 1, 0, false);
    }

    private Found search(WorkerContext worker, TaskGroup group) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        int most = signature.batched() ? group.size() : 1;
        double[] seconds = new double[SIZES.length];
        int tried = 0;
        double best = Double.MAX_VALUE;
        while (tried < SIZES.length && SIZES[tried] <= most && (tried == 0 || System.nanoTime() < end)) {
            long begun = System.nanoTime();
            try {
                seconds[tried] = secondsPerTask(worker, group, SIZES[tried]);
            } catch (CallTimeoutException late) {
                if (tried == 0 || !slow(best * SIZES[tried], System.nanoTime() - begun)) {
                    throw late;
                }
                break;
            }
            best = Math.min(best, seconds[tried]);
            tried++;
        }
        int chosen = 0;
        while (seconds[chosen] > NEARLY * best) {
            chosen++;
        }
        boolean certain = tried == SIZES.length || SIZES[tried] <= most || !signature.batched();
        log.info("batch size {} found: {} µs a task", SIZES[chosen], Math.round(seconds[chosen] * 1e7) / 10.0);
        return new Found(SIZES[chosen], seconds[chosen], certain);
    }

    /** Whether so many tasks were bound to take that long; else one of them is at fault, and the others are not slow. */
    private static boolean slow(double expectedSeconds, long nanos) {
        return expectedSeconds * 4 > nanos / 1e9;
    }

    private static double secondsPerTask(WorkerContext worker, TaskGroup group, int size) {
        long fastest = Long.MAX_VALUE;
        long begun = System.nanoTime();
        int calls = 0;
        do {
            long start = System.nanoTime();
            Outputs outputs = worker.call(group.batch(0, size));
            fastest = Math.min(fastest, System.nanoTime() - start);
            outputs.close();
            calls++;
        } while (calls < 2 || (calls < 20 && System.nanoTime() - begun < EACH_NANOS));
        return fastest / 1e9 / size;
    }
}
