package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;
import static dev.modelmill.worker.pool.PoolsFixture.IDLE_TIMEOUT;
import static dev.modelmill.worker.pool.PoolsFixture.eventually;
import static dev.modelmill.worker.pool.PoolsFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.ModelUnavailableException;
import dev.modelmill.worker.PoolStatus;
import dev.modelmill.worker.WorkerShare;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTests {

    private static final ModelVersion DIGITS = aModel("digits").build();

    private final PoolsFixture fixture = new PoolsFixture(2);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        fixture.close();
    }

    @Test
    void statusFollowsTheModel() throws Exception {
        assertThat(fixture.pools.status(DIGITS)).isEmpty();
        WorkerShare share = fixture.share("a", DIGITS);
        assertThat(fixture.status(DIGITS))
                .isEqualTo(new PoolStatus(DIGITS, PoolStatus.State.UNLOADED, null, null, 2, 0, 0, 0, null));
        CountDownLatch loading = new CountDownLatch(1);
        fixture.runtime.onLoad(() -> {
            loading.countDown();
            FakeRuntime.await(gate);
        });
        CompletableFuture<Lease> claim = fixture.inBackground(share::claim);
        eventually(() -> assertThat(fixture.status(DIGITS))
                .isEqualTo(new PoolStatus(DIGITS, PoolStatus.State.LOADING, null, null, 2, 0, 0, 1, null)));
        FakeRuntime.await(loading);
        fixture.advance(Duration.ofSeconds(3));
        gate.countDown();
        Lease lease = get(claim);
        assertThat(fixture.pools.all())
                .containsExactly(new PoolStatus(DIGITS, PoolStatus.State.LOADED, 3.0, 1_000L, 2, 0, 1, 0, null));
        assertThat(share.workers().get(0).loadSeconds()).isEqualTo(3);
        lease.close();
        assertThat(fixture.status(DIGITS).idle()).isEqualTo(1);
        assertThat(fixture.events).containsExactly("loaded digits:1");
    }

    @Test
    void claimOfAModelThatCannotBeLoadedFailsWithTheLoadersMessageAndALaterOneTriesAgain() throws Exception {
        fixture.runtime.onLoad(() -> {
            throw new ModelException("model.onnx is cut off");
        });
        WorkerShare share = fixture.share("a", DIGITS);
        assertThatExceptionOfType(ModelUnavailableException.class)
                .isThrownBy(share::claim)
                .withMessage("model.onnx is cut off");
        assertThat(fixture.status(DIGITS).state()).isEqualTo(PoolStatus.State.ERROR);
        assertThat(fixture.status(DIGITS).error()).isEqualTo("model.onnx is cut off");
        fixture.runtime.onLoad(() -> {});
        share.claim().close();
        assertThat(fixture.status(DIGITS).error()).isNull();
        assertThat(fixture.status(DIGITS).state()).isEqualTo(PoolStatus.State.LOADED);
    }

    @Test
    void claimsThatWaitForAModelThatCannotBeLoadedAllFail() {
        fixture.runtime.onLoad(() -> {
            FakeRuntime.await(gate);
            throw new ModelException("broken");
        });
        WorkerShare share = fixture.share("a", DIGITS);
        CompletableFuture<Lease> first = fixture.inBackground(share::claim);
        CompletableFuture<Lease> second = fixture.inBackground(share::claim);
        eventually(() -> assertThat(fixture.status(DIGITS).starting()).isEqualTo(2));
        CompletableFuture<Lease> third = fixture.waitingClaim(fixture.share("b", DIGITS));
        gate.countDown();
        assertUnavailable(first, "broken");
        assertUnavailable(second, "broken");
        assertUnavailable(third, "broken");
        assertThat(fixture.runtime.loads()).isEqualTo(1);
        eventually(() -> assertThat(fixture.pools.threads()).isZero());
    }

    @Test
    void claimWhenLoadingFailsForAReasonOfOursHidesIt() {
        fixture.runtime.onLoad(() -> {
            throw new IllegalStateException("/srv/secret/path");
        });
        assertThatExceptionOfType(ModelUnavailableException.class)
                .isThrownBy(fixture.share("a", DIGITS)::claim)
                .withMessageContaining("digits:1")
                .withMessageNotContaining("secret");
    }

    @Test
    void claimWhenMemoryRunsOutSaysSo() {
        fixture.runtime.onLoad(() -> {
            throw new OutOfMemoryError("test");
        });
        assertThatExceptionOfType(ModelUnavailableException.class)
                .isThrownBy(fixture.share("a", DIGITS)::claim)
                .withMessage("there is not enough memory to load digits:1");
    }

    @Test
    void claimWhenTheRuntimeIsUnknownSaysWhichThereAre() {
        assertThatExceptionOfType(ModelUnavailableException.class)
                .isThrownBy(fixture.share("a", aModel("x").runtime("process").build())::claim)
                .withMessage("there is no runtime \"process\": write one of [onnx] as runtime in model.yml");
    }

    @Test
    void claimWhenTheInstanceCannotBeOpenedFailsAndKeepsTheModel() {
        fixture.runtime.onOpen(() -> {
            throw new ModelException("no more handles");
        });
        WorkerShare share = fixture.share("a", DIGITS);
        assertThatExceptionOfType(ModelUnavailableException.class)
                .isThrownBy(share::claim)
                .withMessage("no more handles");
        assertThat(fixture.status(DIGITS).state()).isEqualTo(PoolStatus.State.ERROR);
        fixture.runtime.onOpen(() -> {});
        share.claim().close();
        assertThat(fixture.runtime.loads()).isEqualTo(1);
    }

    @Test
    void loadThatTakesLongerThanItsTimeoutFailsTheClaimsAndIsLeftBehind() throws Exception {
        ModelVersion slow = aModel("slow").startTimeout(Duration.ofSeconds(30)).build();
        fixture.runtime.onLoad(() -> FakeRuntime.await(gate));
        WorkerShare share = fixture.share("a", slow);
        CompletableFuture<Lease> first = fixture.inBackground(share::claim);
        CompletableFuture<Lease> second = fixture.inBackground(share::claim);
        eventually(() -> assertThat(fixture.runtime.loads()).isEqualTo(1));
        eventually(() -> assertThat(fixture.status(slow).starting()).isEqualTo(2));
        fixture.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(first).isNotDone();
        fixture.advance(Duration.ofNanos(1));
        String message =
                "loading slow:1 took longer than 30 s: raise start-timeout in its model.yml if it needs that long";
        assertUnavailable(first, message);
        assertUnavailable(second, message);
        assertThat(fixture.status(slow).state()).isEqualTo(PoolStatus.State.ERROR);
        fixture.runtime.onLoad(() -> {});
        try (Lease lease = share.claim()) {
            assertThat(lease.worker()).isEqualTo("slow-1");
        }
        gate.countDown();
        eventually(() -> assertThat(fixture.pools.threads()).isEqualTo(1));
        eventually(() -> assertThat(fixture.runtime.openModels()).isEqualTo(1));
        assertThat(fixture.runtime.openInstances()).isEqualTo(1);
        assertThat(fixture.events).containsExactly("loaded slow:1");
    }

    @Test
    void openingThatTakesLongerThanItsTimeoutIsLeftBehindAndCleansUpLater() throws Exception {
        fixture.runtime.onOpen(() -> FakeRuntime.await(gate));
        CompletableFuture<Lease> claim = fixture.inBackground(fixture.share("a", DIGITS)::claim);
        eventually(() -> assertThat(fixture.events).containsExactly("loaded digits:1"));
        fixture.advance(Duration.ofSeconds(60));
        assertThat(claim).failsWithin(Duration.ofSeconds(60));
        assertThat(fixture.pools.threads()).isZero();
        gate.countDown();
        eventually(() -> assertThat(fixture.status(DIGITS).state()).isEqualTo(PoolStatus.State.ERROR));
        eventually(() -> assertThat(fixture.runtime.openInstances()).isZero());
    }

    @Test
    void modelWithoutLeaseForTheIdleTimeoutIsUnloadedAndLoadedAgainWhenNeeded() {
        WorkerShare share = fixture.share("a", DIGITS);
        share.claim().close();
        fixture.advance(IDLE_TIMEOUT.minusNanos(1));
        assertThat(fixture.status(DIGITS).idle()).isEqualTo(1);
        fixture.advance(Duration.ofNanos(1));
        assertThat(fixture.pools.status(DIGITS)).isEmpty();
        assertThat(fixture.pools.all()).isEmpty();
        eventually(() -> assertThat(fixture.runtime.openModels()).isZero());
        assertThat(fixture.runtime.openInstances()).isZero();
        share.claim().close();
        assertThat(fixture.runtime.loads()).isEqualTo(2);
    }

    @Test
    void modelWithALeaseIsNotUnloadedHoweverLongItTakes() {
        WorkerShare share = fixture.share("a", DIGITS);
        Lease lease = share.claim();
        fixture.advance(IDLE_TIMEOUT.multipliedBy(2));
        assertThat(fixture.status(DIGITS).busy()).isEqualTo(1);
        lease.close();
        fixture.advance(IDLE_TIMEOUT.minusNanos(1));
        assertThat(fixture.status(DIGITS).idle()).isEqualTo(1);
    }

    @Test
    void modelWhoseWorkersMadePlaceForOthersStaysUntilTheIdleTimeout() {
        ModelVersion iris = aModel("iris").build();
        fixture.share("a", DIGITS).claim().close();
        WorkerShare other = fixture.share("b", iris);
        Lease one = other.claim();
        Lease two = other.claim();
        eventually(() -> assertThat(fixture.runtime.openInstances()).isEqualTo(2));
        assertThat(fixture.status(DIGITS).state()).isEqualTo(PoolStatus.State.LOADED);
        fixture.advance(IDLE_TIMEOUT);
        assertThat(fixture.runtime.openModels()).isEqualTo(1);
        assertThat(fixture.pools.status(DIGITS)).isEmpty();
        one.close();
        two.close();
    }

    private static void assertUnavailable(CompletableFuture<Lease> claim, String message) {
        assertThat(claim)
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ModelUnavailableException.class)
                .withMessage(message);
    }
}
