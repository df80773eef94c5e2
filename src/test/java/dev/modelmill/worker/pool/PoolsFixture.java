package dev.modelmill.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.Batch;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.TensorBatch;
import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.PoolStatus;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Pools over a fake runtime, with a clock that the test moves and threads that claim beside it. */
final class PoolsFixture implements AutoCloseable {

    static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);
    static final Duration GRACE = Duration.ofSeconds(5);

    final FakeRuntime runtime = new FakeRuntime();
    final List<String> events = new CopyOnWriteArrayList<>();
    final ThreadedWorkerPools pools;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final ExecutorService threads = Executors.newCachedThreadPool(PoolsFixture::daemon);

    PoolsFixture(int workers) {
        Timing timing = new Timing(nanos::get, IDLE_TIMEOUT, GRACE, GRACE);
        pools = new ThreadedWorkerPools(List.of(runtime), () -> List.of(new Recorder()), workers, timing);
    }

    private static Thread daemon(Runnable action) {
        Thread thread = new Thread(action, "test-caller");
        thread.setDaemon(true);
        return thread;
    }

    WorkerShare share(String job, ModelVersion model) {
        return pools.share(job, model, Integer.MAX_VALUE, 5);
    }

    /** Moves the clock and has everybody look at it. */
    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
        pools.tick();
    }

    /** Does something on a thread of its own. */
    <T> CompletableFuture<T> inBackground(Callable<T> action) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return action.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    /** Claims on a thread of its own, and returns once the claim waits for a worker to become free. */
    CompletableFuture<Lease> waitingClaim(WorkerShare share) {
        int before = pools.waiting();
        CompletableFuture<Lease> claim = inBackground(share::claim);
        eventually(() -> assertThat(pools.waiting()).isEqualTo(before + 1));
        return claim;
    }

    PoolStatus status(ModelVersion model) {
        return pools.status(model).orElseThrow();
    }

    static Batch batch(int size) {
        return new TensorBatch(size, List.of());
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(assertion);
    }

    @Override
    public void close() {
        nanos.addAndGet(1);
        CompletableFuture<?> closed = CompletableFuture.runAsync(pools::close, threads);
        eventually(() -> {
            nanos.addAndGet(GRACE.toNanos());
            pools.tick();
            assertThat(closed).isCompleted();
        });
        threads.shutdown();
        assertThat(new ArrayList<>(runtime.breaches())).isEmpty();
    }

    private final class Recorder implements WorkerListener {

        @Override
        public void modelLoaded(ModelVersion model, Duration took) {
            events.add("loaded " + model.reference());
        }

        @Override
        public void called(ModelVersion model, int tasks, Duration took) {
            events.add("called " + tasks);
        }

        @Override
        public void workerReplaced(ModelVersion model, String reason) {
            events.add("replaced " + reason);
        }
    }
}
