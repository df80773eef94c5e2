package dev.modelmill.metrics;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is asked for again only after a second, so that many gauges and scrapes cost one query. A question that
 * fails has the answer null for as long. Shared between threads, of which one asks.
 *
 * @param <T> the answer
 */
final class Cached<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Cached.class);
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Supplier<T> question;
    private final LongSupplier nanoTime;
    private @Nullable T answer;
    private long asked;
    private boolean ever;

    Cached(Supplier<T> question, LongSupplier nanoTime) {
        this.question = question;
        this.nanoTime = nanoTime;
    }

    synchronized @Nullable T get() {
        long now = nanoTime.getAsLong();
        if (!ever || now - asked >= FRESH_NANOS) {
            answer = ask();
            asked = now;
            ever = true;
        }
        return answer;
    }

    private @Nullable T ask() {
        try {
            return question.get();
        } catch (RuntimeException e) {
            LOG.debug("A gauge has no value now", e);
            return null;
        }
    }
}
