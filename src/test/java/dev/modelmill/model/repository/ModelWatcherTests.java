package dev.modelmill.model.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelWatcherTests {

    @Test
    void startWhenATickFailsGoesOn() throws InterruptedException {
        CountDownLatch ticks = new CountDownLatch(2);
        try (ModelWatcher watcher = new ModelWatcher(() -> {
            ticks.countDown();
            throw new IllegalStateException("for once");
        })) {
            watcher.start();
            watcher.start();

            assertThat(ticks.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closeBeforeStartAndTwiceIsSafe() {
        ModelWatcher watcher = new ModelWatcher(() -> {});

        watcher.close();
        watcher.start();
        watcher.close();
        watcher.close();
    }
}
