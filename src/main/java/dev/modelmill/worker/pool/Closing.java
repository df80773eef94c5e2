package dev.modelmill.worker.pool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what a worker held: one thing that can't be freed must not keep the others. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    /** Closes; a failure is only logged. */
    static void quietly(AutoCloseable resource, String what) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("could not free {} of a worker", what, e);
        }
    }
}
