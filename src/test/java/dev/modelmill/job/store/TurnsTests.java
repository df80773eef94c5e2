package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.job.ServiceBusyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private final Turns turns = new Turns(Duration.ofSeconds(30));
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    @AfterEach
    void end() {
        threads.shutdown();
    }

    @Test
    void aloneWhenManyActOnTheSameLetsOneInAtATime() throws Exception {
        int[] counter = new int[1];
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            all.add(threads.submit(() -> {
                for (int i = 0; i < 2000; i++) {
                    turns.alone("job", () -> {
                        counter[0]++;
                    });
                }
            }));
        }
        for (Future<?> each : all) {
            each.get(30, TimeUnit.SECONDS);
        }
        assertThat(counter[0]).isEqualTo(16_000);
        assertThat(turns.size()).isZero();
    }

    @Test
    void aloneWhenThingsDifferNeverWaits() {
        turns.alone("one", () -> assertThat(inAnotherThread("two")).isEqualTo("done"));
    }

    @Test
    void aloneWhenTheSameThreadHasTheTurnGoesOn() {
        assertThat(turns.<String>alone("job", () -> turns.alone("job", () -> "inner")))
                .isEqualTo("inner");
        assertThat(turns.size()).isZero();
    }

    @Test
    void aloneWhenTheTurnTakesTooLongIsBusyAndDoesNothing() {
        Turns impatient = new Turns(Duration.ofMillis(20));
        CountDownLatch done = new CountDownLatch(1);
        impatient.alone("job", () -> {
            Future<?> second = threads.submit(() -> impatient.alone("job", done::countDown));
            assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(ServiceBusyException.class);
        });
        assertThat(done.getCount()).isEqualTo(1);
        assertThat(impatient.size()).isZero();
    }

    @Test
    void aloneWhenTheActionFailsGivesTheTurnBack() {
        assertThatThrownBy(() -> turns.alone("job", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(inAnotherThread("job")).isEqualTo("done");
    }

    private String inAnotherThread(String name) {
        try {
            return threads.submit(() -> turns.<String>alone(name, () -> "done")).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
