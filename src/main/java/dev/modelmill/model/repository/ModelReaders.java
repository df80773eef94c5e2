package dev.modelmill.model.repository;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads that read models, which may take long: two, so that a small model need not wait for a large one to be hashed.
 * Not an executor itself, lest Spring Boot take it for the application's.
 */
final class ModelReaders implements AutoCloseable {

    private static final int THREADS = 2;

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, DaemonThreads.named("model-reader"));

    Executor executor() {
        return executor;
    }

    /** Drops what waits and interrupts the reading of files; safe twice. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
