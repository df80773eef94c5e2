package dev.modelmill.worker.pool;

import dev.modelmill.model.LoadedModel;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loaded model and the number of workers that use it, which the guard's lock guards. */
final class Loaded {

    private static final Logger LOG = LoggerFactory.getLogger(Loaded.class);

    private final LoadedModel model;
    private final Duration took;
    private final long memoryBytes;

    private int users;

    Loaded(LoadedModel model, Duration took, long memoryBytes) {
        this.model = model;
        this.took = took;
        this.memoryBytes = memoryBytes;
    }

    /** One more worker uses it. */
    void enter() {
        users++;
    }

    /** One worker less; those given up count until their threads have come back. */
    void leave() {
        users--;
    }

    boolean unused() {
        return users == 0;
    }

    LoadedModel model() {
        return model;
    }

    Duration took() {
        return took;
    }

    long memoryBytes() {
        return memoryBytes;
    }

    String secondsText() {
        return String.format(Locale.ROOT, "%.2f", Timing.seconds(took.toNanos()));
    }

    /** Frees the model; without the lock, for it may take long. */
    void close() {
        Closing.quietly(model, "the model");
        LOG.debug("model closed");
    }
}
