package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.ModelUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a worker could not be made.
 *
 * @param model its model
 * @param message for the model's owner
 * @param cause what was thrown; null: it took too long
 * @param ofModel whether loading the model failed, which concerns all workers that wait for it
 */
record Failure(ModelVersion model, String message, @Nullable Throwable cause, boolean ofModel) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    static Failure of(ModelVersion model, Throwable thrown) {
        boolean ofModel = thrown instanceof SharedModel.LoadFailedException;
        Throwable cause = ofModel && thrown.getCause() != null ? thrown.getCause() : thrown;
        return new Failure(model, message(model, cause), cause, ofModel);
    }

    static Failure tooSlow(ModelVersion model) {
        String limit = Timing.text(model.settings().startTimeout());
        String message = "loading " + model.reference() + " took longer than " + limit
                + ": raise start-timeout in its model.yml if it needs that long";
        return new Failure(model, message, null, false);
    }

    ModelUnavailableException exception() {
        return cause == null ? new ModelUnavailableException(message) : new ModelUnavailableException(message, cause);
    }

    /** For the job's log; the stack trace only where the message does not say it all. */
    void log() {
        if (cause == null || cause instanceof ModelException) {
            LOG.warn("not ready: {}", message);
        } else {
            LOG.error("not ready: {}", message, cause);
        }
    }

    private static String message(ModelVersion model, Throwable cause) {
        if (cause instanceof ModelException) {
            return cause.getMessage();
        }
        if (cause instanceof OutOfMemoryError) {
            return "there is not enough memory to load " + model.reference();
        }
        return "loading " + model.reference() + " failed by a fault of the service, which its log describes";
    }
}
