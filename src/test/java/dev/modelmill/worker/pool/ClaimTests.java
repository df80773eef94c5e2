package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;
import static dev.modelmill.worker.pool.PoolsFixture.batch;
import static dev.modelmill.worker.pool.PoolsFixture.eventually;
import static dev.modelmill.worker.pool.PoolsFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.ShareStoppedException;
import dev.modelmill.worker.WorkerShare;
import dev.modelmill.worker.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimTests {

    private static final ModelVersion DIGITS = aModel("digits").build();
    private static final ModelVersion IRIS = aModel("iris").build();

    private final PoolsFixture fixture = new PoolsFixture(2);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void claimReusesOneWorkerOverRunsAndJobs() throws Exception {
        WorkerShare first = fixture.share("a", DIGITS);
        WorkerShare second = fixture.share("b", DIGITS);
        Thread thread = runOn(first, Thread::currentThread);
        assertThat(runOn(first, Thread::currentThread)).isSameAs(thread);
        assertThat(runOn(second, Thread::currentThread)).isSameAs(thread);
        assertThat(thread.getName()).isEqualTo("digits-1");
        assertThat(fixture.runtime.loads()).isEqualTo(1);
        assertThat(fixture.runtime.openInstances()).isEqualTo(1);
    }

    @Test
    void claimNamesWorkersByTheSmallestFreeNumberOverAllVersions() {
        WorkerShare one = fixture.share("a", DIGITS);
        WorkerShare two = fixture.share(
                "b", aModel("digits").version("2").digest("sha256:02").build());
        try (Lease first = one.claim();
                Lease second = two.claim()) {
            assertThat(first.worker()).isEqualTo("digits-1");
            assertThat(second.worker()).isEqualTo("digits-2");
        }
        assertThat(fixture.runtime.loads()).isEqualTo(2);
    }

    @Test
    void claimOfTheSameFilesTouchedLaterSharesTheModel() throws Exception {
        WorkerShare before = fixture.share("a", DIGITS);
        runOn(before, () -> 0);
        runOn(fixture.share("b", aModel("digits").fingerprint("touched").build()), () -> 0);
        assertThat(fixture.runtime.loads()).isEqualTo(1);
    }

    @Test
    void claimOverTheJobsLimitWaits() throws Exception {
        WorkerShare share = fixture.pools.share("a", DIGITS, 1, 5);
        assertThat(share.maxWorkers()).isEqualTo(1);
        Lease first = share.claim();
        CompletableFuture<Lease> second = fixture.waitingClaim(share);
        first.close();
        get(second).close();
        assertThat(fixture.runtime.openInstances()).isEqualTo(1);
    }

    @Test
    void claimOverTheModelsLimitWaits() throws Exception {
        ModelVersion single = aModel("digits").workers(1).build();
        WorkerShare share = fixture.share("a", single);
        assertThat(share.maxWorkers()).isEqualTo(1);
        Lease first = share.claim();
        CompletableFuture<Lease> second = fixture.waitingClaim(fixture.share("b", single));
        first.close();
        get(second).close();
        assertThat(fixture.status(single).maxWorkers()).isEqualTo(1);
    }

    @Test
    void claimOverTheServicesLimitWaitsForAnyModel() throws Exception {
        WorkerShare share = fixture.share("a", DIGITS);
        assertThat(share.maxWorkers()).isEqualTo(2);
        Lease first = share.claim();
        Lease second = share.claim();
        CompletableFuture<Lease> other = fixture.waitingClaim(fixture.share("b", IRIS));
        second.close();
        assertThat(get(other).worker()).isEqualTo("iris-1");
        assertThat(fixture.status(DIGITS).idle() + fixture.status(DIGITS).busy())
                .isEqualTo(1);
        first.close();
    }

    @Test
    void claimWhenIdleWorkersOfOthersTakeAllPlacesClosesTheLeastRecentlyUsed() throws Exception {
        ModelVersion third = aModel("third").build();
        runOn(fixture.share("a", DIGITS), () -> 0);
        fixture.advance(Duration.ofSeconds(1));
        runOn(fixture.share("b", IRIS), () -> 0);
        fixture.advance(Duration.ofSeconds(1));
        runOn(fixture.share("c", third), () -> 0);
        assertThat(fixture.status(DIGITS).idle()).isZero();
        assertThat(fixture.status(IRIS).idle()).isEqualTo(1);
        eventually(() -> assertThat(fixture.runtime.openInstances()).isEqualTo(2));
        assertThat(fixture.runtime.openModels()).isEqualTo(3);
    }

    @Test
    void claimAfterItsWorkersPlaceWasTakenDoesNotLoadAgain() throws Exception {
        WorkerShare share = fixture.share("a", DIGITS);
        runOn(share, () -> 0);
        try (WorkerShare iris = fixture.share("b", IRIS);
                Lease one = iris.claim();
                Lease two = iris.claim()) {
            assertThat(List.of(one.worker(), two.worker())).containsExactly("iris-1", "iris-2");
        }
        runOn(share, () -> 0);
        assertThat(fixture.runtime.loads()).isEqualTo(2);
    }

    @Test
    void claimOfAnotherModelLeavesAWorkerWhatItsMakingCost() throws Exception {
        ModelVersion single = aModel("digits").build();
        try (PoolsFixture one = new PoolsFixture(1)) {
            one.runtime.onOpen(() -> one.advance(Duration.ofSeconds(3)));
            WorkerShare costly = one.share("a", single);
            Lease lease = costly.claim();
            one.runtime.onOpen(() -> {});
            CompletableFuture<Lease> other = one.waitingClaim(one.share("b", IRIS));
            CompletableFuture<Lease> own = one.waitingClaim(costly);
            one.advance(Duration.ofSeconds(5));
            lease.close();
            Lease again = get(own);
            CompletableFuture<Lease> third = one.waitingClaim(costly);
            one.advance(Duration.ofSeconds(1));
            again.close();
            get(other).close();
            get(third).close();
        }
    }

    @Test
    void claimIsGrantedToTheJobServedLeast() throws Exception {
        ModelVersion single = aModel("digits").workers(1).build();
        WorkerShare big = fixture.share("big", single);
        WorkerShare small = fixture.share("small", single);
        Lease lease = big.claim();
        CompletableFuture<Lease> more = fixture.waitingClaim(big);
        CompletableFuture<Lease> first = fixture.waitingClaim(small);
        fixture.advance(Duration.ofSeconds(1));
        lease.close();
        Lease granted = get(first);
        assertThat(more).isNotDone();
        granted.close();
        get(more).close();
    }

    @Test
    void claimWhileANewWorkerIsMadeWaitsForIt() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        fixture.runtime.onLoad(() -> FakeRuntime.await(gate));
        WorkerShare share = fixture.share("a", DIGITS);
        CompletableFuture<Lease> first = fixture.inBackground(share::claim);
        CompletableFuture<Lease> second = fixture.inBackground(share::claim);
        eventually(() -> assertThat(fixture.status(DIGITS).starting()).isEqualTo(2));
        assertThat(share.workers()).extracting(WorkerStatus::state).containsOnly(WorkerStatus.State.STARTING);
        gate.countDown();
        assertThat(List.of(get(first).worker(), get(second).worker()))
                .containsExactlyInAnyOrder("digits-1", "digits-2");
        assertThat(fixture.runtime.loads()).isEqualTo(1);
        assertThat(fixture.runtime.warmUps()).isEqualTo(1);
        get(first).close();
        get(second).close();
    }

    @Test
    void claimWhileAWorkerIsReplacedWaitsForTheFreshOne() throws Exception {
        WorkerShare share = fixture.share("a", DIGITS);
        CountDownLatch gate = new CountDownLatch(1);
        Lease lease = share.claim();
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> lease.run(worker -> {
                    throw new StackOverflowError();
                }));
        fixture.runtime.onOpen(() -> FakeRuntime.await(gate));
        lease.close();
        assertThat(fixture.status(DIGITS).starting()).isEqualTo(1);
        assertThat(share.workers()).extracting(WorkerStatus::state).containsExactly(WorkerStatus.State.REPLACING);
        CompletableFuture<Lease> next = fixture.inBackground(share::claim);
        gate.countDown();
        assertThat(get(next).worker()).isEqualTo("digits-1");
        assertThat(share.workers()).extracting(WorkerStatus::state).containsExactly(WorkerStatus.State.BUSY);
        get(next).close();
        assertThat(fixture.status(DIGITS).idle()).isEqualTo(1);
    }

    @Test
    void claimWhenTheCallerIsInterruptedIsStillGrantedAndKeepsTheFlag() throws Exception {
        WorkerShare share = fixture.share("a", DIGITS);
        CompletableFuture<Boolean> caller = fixture.inBackground(() -> {
            Thread.currentThread().interrupt();
            try (Lease lease = share.claim()) {
                lease.run(worker -> worker.call(batch(1)).size());
            }
            return Thread.interrupted();
        });
        assertThat(get(caller)).isTrue();
    }

    @Test
    void stopEndsWaitingClaims() throws Exception {
        WorkerShare share = fixture.pools.share("a", DIGITS, 1, 5);
        Lease lease = share.claim();
        CompletableFuture<Lease> waiting = fixture.waitingClaim(share);
        share.stop();
        share.stop();
        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withRootCauseInstanceOf(ShareStoppedException.class);
        assertThatExceptionOfType(ShareStoppedException.class).isThrownBy(share::claim);
        assertThatExceptionOfType(ShareStoppedException.class).isThrownBy(() -> lease.run(worker -> 0));
        lease.close();
        runOn(fixture.share("b", DIGITS), () -> 0);
    }

    @Test
    void stopDuringMakingEndsTheClaimAndLeavesTheWorkerToOthers() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        fixture.runtime.onLoad(() -> FakeRuntime.await(gate));
        WorkerShare share = fixture.share("a", DIGITS);
        CompletableFuture<Lease> claim = fixture.inBackground(share::claim);
        eventually(() -> assertThat(fixture.status(DIGITS).starting()).isEqualTo(1));
        share.close();
        assertThat(claim).failsWithin(Duration.ofSeconds(60));
        CompletableFuture<Lease> other = fixture.inBackground(fixture.share("b", DIGITS)::claim);
        gate.countDown();
        assertThat(get(other).worker()).isEqualTo("digits-1");
        get(other).close();
        assertThat(fixture.runtime.openInstances()).isEqualTo(1);
    }

    @Test
    void closeOfTheLeaseIsSafeTwice() throws Exception {
        WorkerShare share = fixture.pools.share("a", DIGITS, 1, 5);
        Lease lease = share.claim();
        lease.close();
        lease.close();
        Lease next = share.claim();
        CompletableFuture<Lease> waiting = fixture.waitingClaim(share);
        lease.close();
        assertThat(waiting).isNotDone();
        next.close();
        get(waiting).close();
    }

    @Test
    void workersTellsWhatEachDidForTheJob() throws Exception {
        WorkerShare share = fixture.share("a", DIGITS);
        assertThat(share.workers()).isEmpty();
        try (Lease lease = share.claim()) {
            fixture.advance(Duration.ofSeconds(1));
            lease.run(worker -> {
                fixture.advance(Duration.ofSeconds(2));
                return 0;
            });
            assertThat(share.workers())
                    .containsExactly(new WorkerStatus("digits-1", WorkerStatus.State.BUSY, 2, 3, 0, 0));
        }
        fixture.advance(Duration.ofSeconds(1));
        assertThat(share.workers()).containsExactly(new WorkerStatus("digits-1", WorkerStatus.State.IDLE, 2, 4, 0, 0));
        share.close();
        fixture.advance(Duration.ofSeconds(1));
        assertThat(share.workers()).containsExactly(new WorkerStatus("digits-1", WorkerStatus.State.IDLE, 2, 4, 0, 0));
        assertThat(fixture.share("b", DIGITS).workers()).isEmpty();
    }

    @Test
    void shareWithoutWorkersOrWithAnUnknownPriorityIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.pools.share("a", DIGITS, 0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.pools.share("a", DIGITS, 1, 10));
    }

    private <T> T runOn(WorkerShare share, Supplier<T> action) throws Exception {
        try (Lease lease = share.claim()) {
            return lease.run(worker -> {
                worker.call(batch(1)).close();
                return action.get();
            });
        }
    }
}
