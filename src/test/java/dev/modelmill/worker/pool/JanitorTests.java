package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;
import static dev.modelmill.worker.pool.PoolsFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.CallTimeoutException;
import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.ModelUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the real clock. */
class JanitorTests {

    private final FakeRuntime runtime = new FakeRuntime();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void release() {
        gate.countDown();
    }

    @Test
    void idleModelIsUnloaded() {
        try (ThreadedWorkerPools pools = start(Duration.ofMillis(20))) {
            pools.share("a", aModel("digits").build(), 1, 5).claim().close();
            eventually(() -> assertThat(pools.all()).isEmpty());
            eventually(() -> assertThat(runtime.openModels()).isZero());
        }
    }

    @Test
    void loadThatIsTooSlowIsGivenUpAlthoughNothingElseHappens() {
        runtime.onLoad(() -> FakeRuntime.await(gate));
        ModelVersion slow = aModel("slow").startTimeout(Duration.ofMillis(20)).build();
        try (ThreadedWorkerPools pools = start(Duration.ofMinutes(10))) {
            assertThatExceptionOfType(ModelUnavailableException.class)
                    .isThrownBy(pools.share("a", slow, 1, 5)::claim)
                    .withMessageContaining("took longer than 0.02 s");
        }
    }

    @Test
    void timesOutCallsOnTheRealClock() throws Exception {
        runtime.onCall(FakeRuntime.Hang.obedient());
        ModelVersion hasty = aModel("hasty").timeout(Duration.ofMillis(20)).build();
        try (ThreadedWorkerPools pools = start(Duration.ofMinutes(10));
                Lease lease = pools.share("a", hasty, 1, 5).claim()) {
            assertThatExceptionOfType(CallTimeoutException.class)
                    .isThrownBy(() -> lease.run(worker -> worker.call(PoolsFixture.batch(1))))
                    .withMessage("the call took longer than 0.02 s");
        }
    }

    private ThreadedWorkerPools start(Duration idleTimeout) {
        return new ThreadedWorkerPools(List.of(runtime), List::of, 1, Timing.standard(idleTimeout)).start();
    }
}
