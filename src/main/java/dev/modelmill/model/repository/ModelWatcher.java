package dev.modelmill.model.repository;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that makes the repository look at its folder every second, from {@link #start} to {@link #close}. */
final class ModelWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ModelWatcher.class);

    private final Runnable tick;
    private @Nullable ScheduledExecutorService thread;

    /** Watches nothing until it is started. */
    ModelWatcher(Runnable tick) {
        this.tick = tick;
    }

    /** Starts the thread; does nothing where it runs. */
    synchronized void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("model-watcher"));
            thread.scheduleWithFixedDelay(this::tickSafely, 1, 1, TimeUnit.SECONDS);
        }
    }

    private void tickSafely() {
        try {
            tick.run();
        } catch (RuntimeException e) {
            log.error("Looking for changed models failed; it goes on in a second", e);
        }
    }

    /** Ends the thread after the look under way; safe twice and before {@link #start}. */
    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
    }
}
