package dev.modelmill.task;

import dev.modelmill.task.input.DecodedWindow;
import dev.modelmill.task.input.Include;
import dev.modelmill.task.input.InputPosition;
import dev.modelmill.task.input.PartitionRange;
import dev.modelmill.task.input.TaskDecoder;
import dev.modelmill.task.input.TaskFailure;
import dev.modelmill.task.input.TaskSchema;
import dev.modelmill.task.output.ErrorEncoder;
import dev.modelmill.task.output.PartDamagedException;
import dev.modelmill.task.output.PartFiles;
import dev.modelmill.task.output.PartState;
import dev.modelmill.task.output.PartWriter;
import dev.modelmill.task.output.ResultEncoder;
import dev.modelmill.task.output.TaskEcho;
import dev.modelmill.worker.CallTimeoutException;
import dev.modelmill.worker.WorkerContext;
import dev.modelmill.worker.WorkerCrashedException;
import dev.modelmill.worker.WorkerLostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a partition: window after window from the file through the model into the attempt's part files. Made from
 * its row and the storage alone. Used by one thread at a time: the worker's during a run, the partition's between runs.
 */
public final class PartitionWork implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PartitionWork.class);
    private static final int FIRST = 100;
    private static final String HUNG = "the call took longer than the model's timeout and did not stop when told to";

    private final TaskSettings settings;
    private final PartitionRange range;
    private final TaskDecoder decoder;
    private final PartWriter writer;
    private final ResultEncoder encoder;
    private final TaskEcho echo;
    private Checkpoint checkpoint;
    private final NavigableMap<Long, Suspects> suspects = new TreeMap<>();
    private long succeeded;
    private long failed;
    private int failedFirst;

    private PartitionWork(
            TaskSettings settings,
            PartitionRange range,
            TaskDecoder decoder,
            PartWriter writer,
            Checkpoint checkpoint) {
        this.settings = settings;
        this.range = range;
        this.decoder = decoder;
        this.writer = writer;
        this.encoder = new ResultEncoder(settings.signature().outputs());
        this.echo = new TaskEcho(withInput());
        this.checkpoint = checkpoint;
        rewind();
    }

    /**
     * Opens an attempt. It goes on from what an earlier attempt committed where that one's files still hold it, else from
     * the partition's beginning.
     *
     * @param earlier the files that hold what is committed
     * @param files the files of this attempt, which no other has had
     */
    public static PartitionWork open(
            TaskSettings settings, PartitionRange range, Checkpoint committed, PartFiles earlier, PartFiles files)
            throws IOException {
        TaskDecoder decoder = new TaskDecoder(
                settings.input(),
                TaskSchema.bind(settings.input(), settings.signature()),
                Include.of(settings.include()));
        if (committed.tasks() > 0) {
            try {
                PartWriter resumed = PartWriter.resume(committed.files(), earlier, files);
                return new PartitionWork(settings, range, decoder, resumed, committed);
            } catch (PartDamagedException damaged) {
                log.warn("partition {} begins anew: {}", range.number(), damaged.getMessage());
            }
        }
        return new PartitionWork(settings, range, decoder, PartWriter.create(files), Checkpoint.START);
    }

    /**
     * Works on windows until the time is over, the worker is wanted elsewhere, or the partition is finished; on the
     * worker's thread. Whatever is thrown, {@link #checkpoint} is then that of the last whole window; but a worker that
     * was given up comes back too late and touches nothing.
     *
     * @throws CallTimeoutException if a call was stopped; the next run goes on with a fresh worker
     * @throws WorkerCrashedException if the worker broke in a call, likewise
     */
    public void run(WorkerContext worker, Duration atMost) throws IOException {
        long begun = System.nanoTime();
        boolean owned = true;
        suspects.headMap(range.firstTask() + checkpoint.tasks()).clear();
        WindowBuffers buffers = worker.scratch(WindowBuffers.class, () -> new WindowBuffers(settings.signature()));
        try {
            do {
                window(worker, buffers);
            } while (!finished() && System.nanoTime() - begun < atMost.toNanos() && !worker.yieldRequested());
        } catch (WorkerLostException late) {
            owned = false;
            throw late;
        } finally {
            if (owned) {
                flush();
                rewind();
            }
        }
    }

    private void window(WorkerContext worker, WindowBuffers buffers) throws IOException {
        DecodedWindow window = buffers.window();
        decoder.next(window, settings.batchSize());
        buffers.begin(window.size());
        for (int task = 0; task < window.size(); task++) {
            TaskFailure failure = window.failure(task);
            if (failure != null) {
                buffers.failed(task, failure);
            }
        }
        Suspects known = suspects.computeIfAbsent(window.firstTask(), first -> new Suspects());
        new WindowCalls(worker, buffers, known, encoder, echo, withInput()).decide();
        write(window, buffers);
        if (known.none()) {
            suspects.remove(window.firstTask());
        }
        advance();
    }

    private boolean withInput() {
        return !settings.include().isEmpty();
    }

    /** Writes the lines in the order of the tasks, those that lie one behind the other in one piece. */
    private void write(DecodedWindow window, WindowBuffers buffers) throws IOException {
        int from = 0;
        int to = 0;
        for (int task = 0; task < window.size(); task++) {
            TaskFailure failure = buffers.failure(task);
            if (failure != null) {
                writeError(window, buffers, task, failure);
                continue;
            }
            succeeded++;
            if (buffers.from(task) != to) {
                writer.appendResults(buffers.lines().array(), from, to);
                from = buffers.from(task);
            }
            to = buffers.to(task);
        }
        writer.appendResults(buffers.lines().array(), from, to);
    }

    private void writeError(DecodedWindow window, WindowBuffers buffers, int task, TaskFailure failure)
            throws IOException {
        long index = window.firstTask() + task;
        failed++;
        failedFirst += index < FIRST ? 1 : 0;
        buffers.echo(task, echo, withInput());
        buffers.error().clear();
        ErrorEncoder.encode(
                index,
                echo,
                window.line(task),
                failure.code().name().toLowerCase(Locale.ROOT),
                failure.message(),
                failure.attempts(),
                buffers.error());
        writer.appendErrors(buffers.error().array(), 0, buffers.error().length());
    }

    /** The window before is whole; what its files hold is known when they are flushed. */
    private void advance() {
        InputPosition position = decoder.position();
        checkpoint = new Checkpoint(
                position.task() - range.firstTask(),
                position.offset() - range.offset(),
                position.line() - range.firstLine(),
                position.crc(),
                succeeded,
                failed,
                failedFirst,
                checkpoint.resultsLength(),
                checkpoint.resultsCrc(),
                checkpoint.errorsLength(),
                checkpoint.errorsCrc());
    }

    private void flush() {
        try {
            PartState state = writer.flush();
            checkpoint = new Checkpoint(
                    checkpoint.tasks(),
                    checkpoint.bytes(),
                    checkpoint.lines(),
                    checkpoint.readCrc(),
                    checkpoint.succeeded(),
                    checkpoint.failed(),
                    checkpoint.failedFirst(),
                    state.resultsLength(),
                    state.resultsCrc(),
                    state.errorsLength(),
                    state.errorsCrc());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes back to the end of the last whole window. */
    private void rewind() {
        decoder.open(
                range,
                new InputPosition(
                        range.firstTask() + checkpoint.tasks(),
                        range.offset() + checkpoint.bytes(),
                        range.firstLine() + checkpoint.lines(),
                        checkpoint.readCrc()));
        succeeded = checkpoint.succeeded();
        failed = checkpoint.failed();
        failedFirst = checkpoint.failedFirst();
    }

    /** How far the attempt is, at the end of a window. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Whether every task of the partition has its outcome. */
    public boolean finished() {
        return checkpoint.tasks() == range.tasks();
    }

    /** Forces the part files and their folder to the disk. */
    public void force() throws IOException {
        writer.force();
    }

    /**
     * Gives up the attempt because its worker hangs in a call; what is known of its windows goes to the next one, which
     * begins at the last commit and so may be some windows before that call.
     */
    public void handOver(PartitionWork next) {
        suspects.values().forEach(window -> window.brokeOff(TaskFailure.Code.TIMEOUT, HUNG));
        next.suspects.putAll(suspects);
    }

    /** Closes the files; nothing that is not yet committed counts. */
    @Override
    public void close() {
        decoder.close();
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
