package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;
import static dev.modelmill.worker.pool.PoolsFixture.batch;
import static dev.modelmill.worker.pool.PoolsFixture.eventually;
import static dev.modelmill.worker.pool.PoolsFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.FakeRuntime.Hang;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.ShareStoppedException;
import dev.modelmill.worker.WorkerLostException;
import dev.modelmill.worker.WorkerShare;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloseTests {

    private static final ModelVersion DIGITS = aModel("digits").build();

    private final PoolsFixture fixture = new PoolsFixture(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void closeBeforeUseAndTwiceIsSafe() {
        fixture.pools.close();
        fixture.pools.close();
        assertThat(fixture.pools.all()).isEmpty();
    }

    @Test
    void closeFreesWorkersAndModels() {
        WorkerShare share = fixture.share("a", DIGITS);
        share.claim().close();
        fixture.pools.close();
        assertThat(fixture.runtime.openInstances()).isZero();
        assertThat(fixture.runtime.openModels()).isZero();
        assertThat(fixture.pools.threads()).isZero();
    }

    @Test
    void closeFreesModelsWithoutWorkers() {
        fixture.share("a", DIGITS).claim().close();
        fixture.share("b", aModel("iris").build()).claim().close();
        fixture.pools.close();
        assertThat(fixture.runtime.openModels()).isZero();
    }

    @Test
    void closeEndsClaimsBeforeAndAfter() throws Exception {
        WorkerShare share = fixture.share("a", DIGITS);
        Lease lease = share.claim();
        CompletableFuture<Lease> waiting = fixture.waitingClaim(share);
        fixture.pools.close();
        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withRootCauseInstanceOf(ShareStoppedException.class);
        assertThatExceptionOfType(ShareStoppedException.class).isThrownBy(share::claim);
        assertThatExceptionOfType(ShareStoppedException.class).isThrownBy(fixture.share("late", DIGITS)::claim);
        lease.close();
        assertThat(fixture.pools.all()).isEmpty();
    }

    @Test
    void closeTerminatesCallsAndWaitsForTheThreads() throws Exception {
        Hang hang = Hang.obedient();
        fixture.runtime.onCall(hang);
        Lease lease = fixture.share("a", DIGITS).claim();
        CompletableFuture<Object> run = fixture.inBackground(() -> lease.run(worker -> worker.call(batch(1))));
        hang.awaitCall();
        fixture.pools.close();
        assertThatThrownBy(() -> get(run)).cause().isInstanceOf(CallTerminatedException.class);
        assertThat(fixture.runtime.openModels()).isZero();
        lease.close();
    }

    @Test
    void closeGivesUpWhatDoesNotEndWithinTheGrace() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        Lease lease = fixture.share("a", DIGITS).claim();
        CompletableFuture<Object> run = fixture.inBackground(() -> lease.run(worker -> {
            entered.countDown();
            FakeRuntime.await(gate);
            return 0;
        }));
        entered.await();
        CompletableFuture<Object> closed = fixture.inBackground(() -> {
            fixture.pools.close();
            return 0;
        });
        eventually(() -> assertThat(fixture.pools.all()).isEmpty());
        assertThat(run).isNotDone();
        eventually(() -> {
            fixture.advance(PoolsFixture.GRACE);
            assertThat(closed).isCompleted();
        });
        assertThatThrownBy(() -> get(run)).cause().isInstanceOf(WorkerLostException.class);
        lease.close();
        assertThat(fixture.runtime.openModels()).isEqualTo(1);
        gate.countDown();
        eventually(() -> assertThat(fixture.runtime.openModels()).isZero());
    }

    @Test
    void closeDuringALoadDoesNotWaitLongerThanTheGraceAndClosesTheLateModel() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        fixture.runtime.onLoad(() -> FakeRuntime.await(gate));
        CompletableFuture<Lease> claim = fixture.inBackground(fixture.share("a", DIGITS)::claim);
        eventually(() -> assertThat(fixture.runtime.loads()).isEqualTo(1));
        CompletableFuture<Object> closed = fixture.inBackground(() -> {
            fixture.pools.close();
            return 0;
        });
        assertThat(claim).failsWithin(Duration.ofSeconds(60));
        eventually(() -> {
            fixture.advance(PoolsFixture.GRACE);
            assertThat(closed).isCompleted();
        });
        gate.countDown();
        eventually(() -> assertThat(fixture.runtime.openModels()).isZero());
        assertThat(fixture.events).isEmpty();
    }
}
