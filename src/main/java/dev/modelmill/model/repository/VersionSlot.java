package dev.modelmill.model.repository;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A version of a model and the reading of it, which may be under way. Shared between threads.
 *
 * @param fingerprint of the files that are read
 * @param before what is shown until they have been
 * @param reading the reading
 */
record VersionSlot(String fingerprint, ReadVersion before, CompletableFuture<ReadVersion> reading) {

    /** What is known now; never blocks. */
    ReadVersion now() {
        return reading.isCompletedExceptionally() ? failed() : reading.getNow(before);
    }

    /** Waits for the end of the reading, but not longer than this and not when interrupted. */
    ReadVersion await(Duration timeout) {
        try {
            return reading.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return now();
        } catch (TimeoutException | ExecutionException e) {
            return now();
        }
    }

    private static ReadVersion failed() {
        return ReadVersion.broken("the model can't be read on this machine; the log of Modelmill says more");
    }
}
