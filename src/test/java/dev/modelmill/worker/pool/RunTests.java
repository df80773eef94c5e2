package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;
import static dev.modelmill.worker.pool.PoolsFixture.GRACE;
import static dev.modelmill.worker.pool.PoolsFixture.batch;
import static dev.modelmill.worker.pool.PoolsFixture.eventually;
import static dev.modelmill.worker.pool.PoolsFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.CallTimeoutException;
import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.FakeRuntime.Hang;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.WorkerCrashedException;
import dev.modelmill.worker.WorkerLostException;
import dev.modelmill.worker.WorkerShare;
import dev.modelmill.worker.WorkerStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ModelVersion DIGITS = aModel("digits").build();

    private final PoolsFixture fixture = new PoolsFixture(1);
    private final WorkerShare share = fixture.share("a", DIGITS);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void runGivesWhatTheTaskGaveAndThrowsWhatItThrew() throws Exception {
        IOException failure = new IOException("disk");
        try (Lease lease = share.claim()) {
            assertThat(lease.<String>run(worker -> worker.name())).isEqualTo("digits-1");
            assertThatThrownBy(() -> lease.run(worker -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(lease.<Integer>run(worker -> 7)).isEqualTo(7);
        }
        assertThat(fixture.events).containsExactly("loaded digits:1");
    }

    @Test
    void runAfterTheLeaseWasClosedIsRefused() {
        Lease lease = share.claim();
        lease.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> lease.run(worker -> 0));
    }

    @Test
    void callThatTheModelRefusesLeavesTheWorkerAsItIs() throws Exception {
        fixture.runtime.onCall((batch, stop) -> {
            throw new ModelException("bad batch");
        });
        try (Lease lease = share.claim()) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> lease.run(worker -> worker.call(batch(3))))
                    .withMessage("bad batch");
        }
        share.claim().close();
        assertThat(fixture.events).containsExactly("loaded digits:1", "called 3");
    }

    @Test
    void callPastItsTimeoutIsStoppedAndItsWorkerReplacedWhenTheLeaseIsClosed() throws Exception {
        Hang hang = Hang.obedient();
        fixture.runtime.onCall(hang);
        Lease lease = share.claim();
        CompletableFuture<Object> run = fixture.inBackground(() -> lease.run(worker -> worker.call(batch(1))));
        hang.awaitCall();
        fixture.advance(TIMEOUT.minusNanos(1));
        assertThat(run).isNotDone();
        fixture.advance(Duration.ofNanos(1));
        assertThat(run)
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(CallTerminatedException.class);
        assertThatThrownBy(run::join)
                .cause()
                .isInstanceOf(CallTimeoutException.class)
                .hasMessage("the call took longer than 60 s");
        assertThat(fixture.events).doesNotContain("replaced timeout");
        lease.close();
        fixture.runtime.onCall((batch, stop) -> {});
        try (Lease next = share.claim()) {
            assertThat(next.worker()).isEqualTo("digits-1");
            assertThat(next.<Thread>run(worker -> Thread.currentThread()).isAlive())
                    .isTrue();
        }
        assertThat(fixture.events).containsExactly("loaded digits:1", "called 1", "replaced timeout");
        assertThat(share.workers()).extracting(WorkerStatus::replacements).containsExactly(1);
        eventually(() -> assertThat(fixture.runtime.openInstances()).isEqualTo(1));
        assertThat(fixture.runtime.loads()).isEqualTo(1);
    }

    @Test
    void callTimeoutCountsForEachCallAlone() throws Exception {
        Lease lease = share.claim();
        Hang hang = Hang.stubborn();
        CountDownLatch second = new CountDownLatch(1);
        CompletableFuture<Integer> run = fixture.inBackground(() -> lease.run(worker -> {
            fixture.runtime.onCall((batch, stop) -> {});
            worker.call(batch(1)).close();
            fixture.advance(TIMEOUT);
            second.countDown();
            fixture.runtime.onCall((batch, stop) -> {
                fixture.advance(TIMEOUT.minusNanos(1));
                hang.release();
            });
            worker.call(batch(1)).close();
            return 2;
        }));
        assertThat(get(run)).isEqualTo(2);
        lease.close();
        assertThat(fixture.events).doesNotContain("replaced timeout");
    }

    @Test
    void callThatDoesNotStopLosesTheWorkerWhichIsReplacedUnderItsName() throws Exception {
        Hang hang = Hang.stubborn();
        fixture.runtime.onCall(hang);
        List<Buffer> buffers = new CopyOnWriteArrayList<>();
        List<Throwable> late = new CopyOnWriteArrayList<>();
        Lease lease = share.claim();
        CompletableFuture<Object> run = fixture.inBackground(() -> lease.run(worker -> {
            buffers.add(worker.scratch(Buffer.class, Buffer::new));
            try {
                return worker.call(batch(1));
            } catch (RuntimeException e) {
                late.add(e);
                throw e;
            }
        }));
        loseTo(hang);
        assertThatThrownBy(() -> get(run)).cause().isInstanceOf(WorkerLostException.class);
        assertThatExceptionOfType(WorkerLostException.class).isThrownBy(() -> lease.run(worker -> 0));
        lease.close();
        fixture.runtime.onCall((batch, stop) -> {});
        try (Lease next = share.claim()) {
            assertThat(next.worker()).isEqualTo("digits-1");
            assertThat(next.<Buffer>run(worker -> worker.scratch(Buffer.class, Buffer::new)))
                    .isNotSameAs(buffers.get(0));
        }
        assertThat(buffers.get(0).closed).isFalse();
        assertThat(fixture.runtime.openInstances()).isEqualTo(2);
        assertThat(fixture.events).containsExactly("loaded digits:1", "replaced timeout");
        hang.release();
        eventually(() -> assertThat(fixture.runtime.openInstances()).isEqualTo(1));
        assertThat(buffers.get(0).closed).isTrue();
        assertThat(late).singleElement().isInstanceOf(WorkerLostException.class);
        assertThat(fixture.runtime.openOutputs()).isZero();
        assertThat(fixture.events).doesNotContain("called 1");
    }

    @Test
    void modelOfALostWorkerStaysInMemoryUntilItsThreadComesBack() throws Exception {
        Hang hang = Hang.stubborn();
        fixture.runtime.onCall(hang);
        Lease lease = share.claim();
        CompletableFuture<Object> run = fixture.inBackground(() -> lease.run(worker -> worker.call(batch(1))));
        loseTo(hang);
        assertThatThrownBy(() -> get(run)).cause().isInstanceOf(WorkerLostException.class);
        lease.close();
        eventually(() -> assertThat(fixture.status(DIGITS).idle()).isEqualTo(1));
        fixture.advance(PoolsFixture.IDLE_TIMEOUT);
        eventually(() -> assertThat(fixture.runtime.openInstances()).isEqualTo(1));
        assertThat(fixture.pools.status(DIGITS)).isEmpty();
        assertThat(fixture.runtime.openModels()).isEqualTo(1);
        hang.release();
        eventually(() -> assertThat(fixture.runtime.openModels()).isZero());
    }

    @Test
    void runThatThrewAnErrorHasItsWorkerReplaced() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("test");
        try (Lease lease = share.claim()) {
            assertThatThrownBy(() -> lease.run(worker -> {
                        throw error;
                    }))
                    .isSameAs(error);
        }
        share.claim().close();
        assertThat(fixture.events).containsExactly("loaded digits:1", "replaced crashed");
    }

    @Test
    void callThatThrewWhatARuntimeMustNotHasItsWorkerReplacedEvenIfTheTaskCaughtIt() throws Exception {
        fixture.runtime.onCall((batch, stop) -> {
            throw new IllegalStateException("corrupt");
        });
        try (Lease lease = share.claim()) {
            boolean spent = lease.run(worker -> {
                assertThatExceptionOfType(WorkerCrashedException.class)
                        .isThrownBy(() -> worker.call(batch(1)))
                        .withCauseInstanceOf(IllegalStateException.class);
                return worker.yieldRequested();
            });
            assertThat(spent).isTrue();
        }
        share.claim().close();
        assertThat(fixture.events).contains("replaced crashed");
    }

    @Test
    void workerThatServedItsNumberOfTasksIsReplacedBetweenRuns() throws Exception {
        WorkerShare limited =
                fixture.share("b", aModel("digits").maxTasksPerWorker(10).build());
        try (Lease lease = limited.claim()) {
            lease.run(worker -> {
                worker.call(batch(9)).close();
                assertThat(worker.yieldRequested()).isFalse();
                worker.call(batch(1)).close();
                assertThat(worker.yieldRequested()).isTrue();
                return 0;
            });
            assertThat(fixture.events).doesNotContain("replaced recycled");
        }
        try (Lease lease = limited.claim()) {
            assertThat(lease.<Boolean>run(worker -> worker.yieldRequested())).isFalse();
        }
        assertThat(fixture.events).containsOnlyOnce("replaced recycled");
        assertThat(fixture.runtime.loads()).isEqualTo(1);
    }

    @Test
    void stopTerminatesTheCallUnderWayAndKeepsTheWorker() throws Exception {
        Hang hang = Hang.obedient();
        fixture.runtime.onCall(hang);
        Lease lease = share.claim();
        List<Object> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Integer> run = fixture.inBackground(() -> lease.run(worker -> {
            assertThat(worker.yieldRequested()).isFalse();
            assertThatExceptionOfType(CallTerminatedException.class).isThrownBy(() -> worker.call(batch(1)));
            seen.add(worker.yieldRequested());
            assertThatExceptionOfType(CallTerminatedException.class).isThrownBy(() -> worker.call(batch(1)));
            return 1;
        }));
        hang.awaitCall();
        share.stop();
        assertThat(get(run)).isEqualTo(1);
        assertThat(seen).containsExactly(true);
        lease.close();
        assertThat(fixture.events).containsExactly("loaded digits:1", "called 1");
    }

    @Test
    void stopWhenTheCallDoesNotEndLosesTheWorker() throws Exception {
        Hang hang = Hang.stubborn();
        fixture.runtime.onCall(hang);
        Lease lease = share.claim();
        CompletableFuture<Object> run = fixture.inBackground(() -> lease.run(worker -> worker.call(batch(1))));
        hang.awaitCall();
        share.stop();
        hang.awaitTerminate();
        fixture.advance(GRACE);
        assertThatThrownBy(() -> get(run)).cause().isInstanceOf(WorkerLostException.class);
        lease.close();
        hang.release();
    }

    @Test
    void yieldRequestedWhenAnotherJobWaitsAndTheRunHasLasted() throws Exception {
        WorkerShare other = fixture.share("b", DIGITS);
        List<Boolean> yields = new ArrayList<>();
        List<CompletableFuture<Lease>> claims = new ArrayList<>();
        try (Lease lease = share.claim()) {
            lease.run(worker -> {
                fixture.advance(Duration.ofSeconds(1));
                yields.add(worker.yieldRequested());
                claims.add(fixture.waitingClaim(other));
                yields.add(worker.yieldRequested());
                return 0;
            });
            lease.run(worker -> {
                fixture.advance(Duration.ofMillis(49));
                yields.add(worker.yieldRequested());
                fixture.advance(Duration.ofMillis(1));
                yields.add(worker.yieldRequested());
                other.stop();
                yields.add(worker.yieldRequested());
                return 0;
            });
        }
        assertThat(yields).containsExactly(false, true, false, true, false);
        assertThat(claims.get(0)).failsWithin(Duration.ofSeconds(60));
    }

    @Test
    void yieldRequestedWhenOnlyTheOwnJobWaitsIsFalse() throws Exception {
        List<CompletableFuture<Lease>> claims = new ArrayList<>();
        try (Lease lease = share.claim()) {
            assertThat(lease.<Boolean>run(worker -> {
                        claims.add(fixture.waitingClaim(share));
                        fixture.advance(Duration.ofSeconds(1));
                        return worker.yieldRequested();
                    }))
                    .isFalse();
        }
        get(claims.get(0)).close();
    }

    @Test
    void yieldRequestedWhenAnotherModelNeedsThePlace() throws Exception {
        WorkerShare other = fixture.share("b", aModel("iris").build());
        List<CompletableFuture<Lease>> claims = new ArrayList<>();
        try (Lease lease = share.claim()) {
            assertThat(lease.<Boolean>run(worker -> {
                        claims.add(fixture.waitingClaim(other));
                        fixture.advance(Duration.ofMillis(50));
                        return worker.yieldRequested();
                    }))
                    .isTrue();
        }
        get(claims.get(0)).close();
    }

    @Test
    void scratchIsKeptOverRunsAndClosedWithTheWorker() throws Exception {
        Buffer buffer;
        try (Lease lease = share.claim()) {
            buffer = lease.run(worker -> worker.scratch(Buffer.class, Buffer::new));
        }
        try (Lease lease = share.claim()) {
            assertThat(lease.<Buffer>run(worker -> worker.scratch(Buffer.class, Buffer::new)))
                    .isSameAs(buffer);
        }
        fixture.pools.close();
        assertThat(buffer.closed).isTrue();
    }

    @Test
    void runWhenTheWaitingThreadIsInterruptedGoesOnAndKeepsTheFlag() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Lease lease = share.claim();
        Thread[] caller = new Thread[1];
        CompletableFuture<Boolean> run = fixture.inBackground(() -> {
            caller[0] = Thread.currentThread();
            int result = lease.run(worker -> {
                entered.countDown();
                FakeRuntime.await(gate);
                return Thread.currentThread().isInterrupted() ? 0 : 1;
            });
            return result == 1 && Thread.interrupted();
        });
        entered.await();
        caller[0].interrupt();
        fixture.advance(Duration.ofSeconds(1));
        assertThat(run).isNotDone();
        gate.countDown();
        assertThat(get(run)).isTrue();
        lease.close();
    }

    @Test
    void closeOfTheLeaseDuringARunGivesTheWorkerUp() throws Exception {
        Hang hang = Hang.stubborn();
        fixture.runtime.onCall(hang);
        Lease lease = share.claim();
        CompletableFuture<Object> run = fixture.inBackground(() -> lease.run(worker -> worker.call(batch(1))));
        hang.awaitCall();
        lease.close();
        assertThatThrownBy(() -> get(run)).cause().isInstanceOf(WorkerLostException.class);
        fixture.runtime.onCall((batch, stop) -> {});
        try (Lease next = share.claim()) {
            next.run(worker -> worker.call(batch(1))).close();
        }
        hang.release();
    }

    private void loseTo(Hang hang) {
        hang.awaitCall();
        fixture.advance(TIMEOUT);
        hang.awaitTerminate();
        fixture.advance(GRACE);
    }

    private static final class Buffer implements AutoCloseable {

        private volatile boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }
}
