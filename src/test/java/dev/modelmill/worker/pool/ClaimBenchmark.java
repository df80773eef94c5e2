package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;

import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.WorkerShare;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The pool's claim and release over a model that costs nothing; an operation is one lease. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ClaimBenchmark {

    private static final int WORKERS = 2;

    private ThreadedWorkerPools pools;
    private WorkerShare share;

    /** A place of its own for each thread that claims. */
    @State(Scope.Thread)
    public static class Job {

        private WorkerShare share;

        /** Enters the pool as one more job. */
        @Setup(Level.Trial)
        public void enter(ClaimBenchmark benchmark) {
            share = benchmark.pools.share(
                    Thread.currentThread().getName(), aModel("fake").build(), Integer.MAX_VALUE, 5);
        }

        /** Leaves it. */
        @TearDown(Level.Trial)
        public void leave() {
            share.close();
        }
    }

    /** Makes the pool and its first worker. */
    @Setup
    public void open() {
        Timing timing = Timing.standard(Duration.ofMinutes(10));
        pools = new ThreadedWorkerPools(List.of(new FakeRuntime()), List::of, WORKERS, timing);
        share = pools.share("job", aModel("fake").build(), Integer.MAX_VALUE, 5);
        share.claim().close();
    }

    /** One job, nobody waits. */
    @Benchmark
    public String alone() {
        try (Lease lease = share.claim()) {
            return lease.worker();
        }
    }

    /** One job, with a task that does nothing on the worker's thread. */
    @Benchmark
    public boolean run() throws Exception {
        try (Lease lease = share.claim()) {
            return lease.run(context -> true);
        }
    }

    /** Eight jobs in turn over two workers. */
    @Benchmark
    @Threads(8)
    public String inTurn(Job job) {
        try (Lease lease = job.share.claim()) {
            return lease.worker();
        }
    }

    /** Ends the workers' threads. */
    @TearDown
    public void close() {
        share.close();
        pools.close();
    }
}
