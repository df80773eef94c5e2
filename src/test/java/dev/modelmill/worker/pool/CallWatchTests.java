package dev.modelmill.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelmill.model.Batch;
import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.Outputs;
import dev.modelmill.worker.pool.CallWatch.Ending;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallWatchTests {

    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(60);
    private static final long GRACE = TimeUnit.SECONDS.toNanos(5);
    private static final long REPEAT = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long START = Long.MAX_VALUE - 10;

    private final Instance instance = new Instance();
    private final CallWatch watch = new CallWatch(instance, TIMEOUT, GRACE);

    @Test
    void lookWithoutCallMayWaitForTheTimeoutOfOneThatBeginsNow() {
        assertThat(watch.look(START, false)).isEqualTo(TIMEOUT);
        assertThat(watch.look(START, true)).isEqualTo(TIMEOUT);
        assertThat(instance.terminated).isZero();
    }

    @Test
    void lookDuringCallTellsWhatIsLeft() {
        begin();
        assertThat(watch.look(START + 1_000, false)).isEqualTo(TIMEOUT - 1_000);
        assertThat(watch.end()).isEqualTo(Ending.DONE);
    }

    @Test
    void lookPastTheDeadlineStopsTheCallAgainAndAgainUntilItEnds() {
        begin();
        assertThat(watch.look(START + TIMEOUT, false)).isEqualTo(REPEAT);
        assertThat(watch.look(START + TIMEOUT + REPEAT, false)).isEqualTo(REPEAT);
        assertThat(watch.look(START + TIMEOUT + GRACE - 1, false)).isEqualTo(1);
        assertThat(instance.terminated).isEqualTo(3);
        assertThat(watch.end()).isEqualTo(Ending.TIMED_OUT);
        assertThat(watch.lost()).isFalse();
    }

    @Test
    void lookPastTheGraceGivesTheWorkerUpForGood() {
        begin();
        watch.look(START + TIMEOUT, false);
        assertThat(watch.look(START + TIMEOUT + GRACE, false)).isEqualTo(CallWatch.LOST);
        assertThat(watch.end()).isEqualTo(Ending.LOST);
        assertThat(watch.look(START, false)).isEqualTo(CallWatch.LOST);
        assertThatExceptionOfType(CallTerminatedException.class).isThrownBy(this::begin);
    }

    @Test
    void lookWhenStoppingStopsTheCallAtOnce() {
        begin();
        watch.look(START + 1, true);
        assertThat(instance.terminated).isEqualTo(1);
        assertThat(watch.end()).isEqualTo(Ending.STOPPED);
    }

    @Test
    void lookAfterTheCallStopsNothing() {
        begin();
        watch.end();
        watch.look(START + TIMEOUT, true);
        assertThat(instance.terminated).isZero();
    }

    @Test
    void beginAfterAStoppedCallStartsAfresh() {
        begin();
        watch.look(START + TIMEOUT, false);
        watch.end();
        begin();
        assertThat(watch.look(START, false)).isEqualTo(TIMEOUT);
        assertThat(watch.end()).isEqualTo(Ending.DONE);
    }

    @Test
    void beginWhenStoppingIsRefused() {
        assertThatExceptionOfType(CallTerminatedException.class).isThrownBy(() -> watch.begin(START, () -> true));
        assertThat(watch.look(START, true)).isEqualTo(TIMEOUT);
    }

    @Test
    void lookWhenTerminateThrowsGoesOn() {
        instance.failure = new IllegalStateException("no such process");
        begin();
        assertThat(watch.look(START + TIMEOUT, false)).isEqualTo(REPEAT);
    }

    private void begin() {
        watch.begin(START, () -> false);
    }

    private static final class Instance implements ModelInstance {

        private int terminated;
        private RuntimeException failure;

        @Override
        public Outputs run(Batch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void terminate() {
            terminated++;
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {}
    }
}
