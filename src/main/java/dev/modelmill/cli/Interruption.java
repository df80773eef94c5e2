package dev.modelmill.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: the first asks for an orderly end, the second ends the process at once. Shared between threads. */
final class Interruption {

    private final CountDownLatch asked = new CountDownLatch(1);

    /** Begins to hear of Ctrl-C, instead of the JVM. */
    void listen() {
        Signals.on("INT", this::interrupt);
    }

    private void interrupt() {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
        }
        ask();
    }

    /** Asks for an orderly end. */
    void ask() {
        asked.countDown();
    }

    /** Whether an end was asked for. */
    boolean asked() {
        return asked.getCount() == 0;
    }

    /**
     * Waits a while; an end that is asked for meanwhile ends the wait.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void await(long millis) throws InterruptedException {
        if (asked()) {
            TimeUnit.MILLISECONDS.sleep(millis);
        } else {
            asked.await(millis, TimeUnit.MILLISECONDS);
        }
    }
}
