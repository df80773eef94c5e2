package dev.modelmill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedTests {

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void getWithinSecondAsksOnce() {
        Cached<Integer> cached = new Cached<>(asked::incrementAndGet, nanos::get);

        assertThat(cached.get()).isEqualTo(1);
        nanos.addAndGet(999_999_999);
        assertThat(cached.get()).isEqualTo(1);
        nanos.addAndGet(1);
        assertThat(cached.get()).isEqualTo(2);
    }

    @Test
    void getWhenQuestionFailsIsNullForSecond() {
        Cached<Integer> cached = new Cached<>(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("no database");
                    }
                    return 7;
                },
                nanos::get);

        assertThat(cached.get()).isNull();
        assertThat(cached.get()).isNull();
        nanos.addAndGet(1_000_000_000);
        assertThat(cached.get()).isEqualTo(7);
    }
}
