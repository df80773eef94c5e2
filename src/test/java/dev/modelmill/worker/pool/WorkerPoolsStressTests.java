package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;
import static dev.modelmill.worker.pool.PoolsFixture.batch;
import static dev.modelmill.worker.pool.PoolsFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.modelmill.model.Batch;
import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Breaks workers in every way at once, on the real clock and with the janitor, and looks whether the pool is whole. */
class WorkerPoolsStressTests {

    private static final int BREAKAGES = 500;
    private static final int WORKERS = 4;

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.modelmill.worker");
    private final ModelVersion model =
            aModel("digits").timeout(Duration.ofMillis(2)).maxTasksPerWorker(50).build();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger replaced = new AtomicInteger();
    private final FakeRuntime runtime = new FakeRuntime().onCall(this::misbehave);

    @BeforeEach
    void keepQuiet() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        logger.setLevel(null);
    }

    @Test
    void poolHasItsSizeAfterHundredsOfBreakages() throws Exception {
        Timing timing =
                new Timing(System::nanoTime, Duration.ofMinutes(10), Duration.ofMillis(3), Duration.ofSeconds(5));
        try (ThreadedWorkerPools pools =
                new ThreadedWorkerPools(List.of(runtime), () -> List.of(new Counter()), WORKERS, timing).start()) {
            breakWorkers(pools);
            eventually(() -> assertThat(pools.all())
                    .allSatisfy(status -> assertThat(status.idle()).isEqualTo(WORKERS)));
            assertThat(pools.threads()).isEqualTo(WORKERS);
            assertThat(pools.waiting()).isZero();
            end.countDown();
            eventually(() -> assertThat(runtime.openInstances()).isEqualTo(WORKERS));
        }
        assertThat(replaced.get()).isGreaterThanOrEqualTo(BREAKAGES);
        assertThat(runtime.loads()).isEqualTo(1);
        assertThat(runtime.openModels()).isZero();
        assertThat(runtime.openOutputs()).isZero();
        assertThat(runtime.breaches()).isEmpty();
    }

    private void breakWorkers(ThreadedWorkerPools pools) throws Exception {
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int job = 0; job < 3; job++) {
            WorkerShare share = pools.share("job-" + job, model, WORKERS, 3 * job);
            for (int i = 0; i < WORKERS; i++) {
                CompletableFuture<Void> done = new CompletableFuture<>();
                Thread caller = new Thread(() -> claimUntilEnough(share, done));
                caller.setDaemon(true);
                caller.start();
                callers.add(done);
            }
        }
        CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
    }

    private void claimUntilEnough(WorkerShare share, CompletableFuture<Void> done) {
        try {
            while (replaced.get() < BREAKAGES) {
                try (Lease lease = share.claim()) {
                    lease.run(worker -> {
                        worker.call(batch(1)).close();
                        return 0;
                    });
                } catch (Exception | Error expected) {
                    assertThat(expected).isNotInstanceOf(AssertionError.class);
                }
            }
            done.complete(null);
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    private void misbehave(Batch batch, CountDownLatch terminated) {
        switch (calls.incrementAndGet() % 8) {
            case 1 -> throw new ModelException("refused");
            case 2 -> throw new IllegalStateException("corrupt");
            case 3 -> throw new StackOverflowError();
            case 4 -> {
                FakeRuntime.await(terminated);
                throw new CallTerminatedException("terminated");
            }
            case 5 -> hangOnceInAWhile(terminated);
            default -> {}
        }
    }

    private void hangOnceInAWhile(CountDownLatch terminated) {
        if (calls.get() % 5 == 0) {
            FakeRuntime.await(end);
        } else {
            FakeRuntime.await(terminated);
        }
    }

    private final class Counter implements WorkerListener {

        @Override
        public void workerReplaced(ModelVersion which, String reason) {
            replaced.incrementAndGet();
        }
    }
}
