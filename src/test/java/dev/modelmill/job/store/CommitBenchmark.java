package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.task.Checkpoint;
import dev.modelmill.task.output.PartFolder;
import dev.modelmill.task.output.PartWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A partition's checkpoint in the service's own H2 file, alone and with its part file forced before it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CommitBenchmark {

    private static final byte[] LINES = new byte[1 << 16];

    private Path data = Path.of("");
    private ConfigurableApplicationContext context;
    private StoredJobs stored;
    private TransactionTemplate transaction;
    private JobId job;
    private PartWriter part;
    private long tasks;

    /** Starts the store with a job that has begun its first partition. */
    @Setup
    public void open() throws IOException {
        data = Files.createTempDirectory("commit");
        context = StoreTestApplication.start(data);
        stored = new StoredJobs(context);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        job = stored.queued();
        stored.begin(job);
        stored.partitions.begin(job, 0);
        part = PartWriter.create(PartFolder.in(data.resolve("bench")).files(0, 1));
    }

    /** The row alone: a checkpoint within a partition. */
    @Benchmark
    public long row() {
        tasks++;
        transaction.executeWithoutResult(status -> stored.partitions.commit(
                job,
                0,
                1,
                "iris-1",
                Partition.State.RUNNING,
                new Checkpoint(tasks, tasks, tasks, 0, tasks, 0, 0, tasks, 0, 0, 0)));
        return tasks;
    }

    /** 64 KB of results written and forced, then the row: the end of a partition. */
    @Benchmark
    public long forcedPartAndRow() throws IOException {
        part.appendResults(LINES, 0, LINES.length);
        part.force();
        return row();
    }

    /** Ends the store and removes its files. */
    @TearDown
    public void close() throws IOException {
        part.close();
        context.close();
        try (var files = Files.walk(data)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
