package dev.modelmill.worker.pool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that unloads idle models and gives up makings that take too long. Ends when the pools are closed. */
final class Janitor implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

    private final Upkeep upkeep;

    Janitor(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    void start() {
        Thread thread = new Thread(this, "worker-janitor");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        while (upkeep.await()) {
            try {
                upkeep.sweep();
            } catch (RuntimeException e) {
                LOG.error("looking after the workers failed", e);
            }
        }
    }
}
