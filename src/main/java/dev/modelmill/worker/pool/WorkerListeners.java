package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.WorkerListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/** All listeners as one; a listener that throws against its contract breaks no worker. Shared between threads. */
final class WorkerListeners implements WorkerListener {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerListeners.class);

    private final Supplier<List<WorkerListener>> listeners;

    /** Asks for the listeners at the first event, for listeners may themselves look at the pools. */
    WorkerListeners(Supplier<List<WorkerListener>> listeners) {
        this.listeners = SingletonSupplier.of(listeners);
    }

    @Override
    public void modelLoaded(ModelVersion model, Duration took) {
        tell(listener -> listener.modelLoaded(model, took));
    }

    @Override
    public void called(ModelVersion model, int tasks, Duration took) {
        tell(listener -> listener.called(model, tasks, took));
    }

    @Override
    public void workerReplaced(ModelVersion model, String reason) {
        tell(listener -> listener.workerReplaced(model, reason));
    }

    private void tell(Consumer<WorkerListener> event) {
        for (WorkerListener listener : listeners.get()) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a worker listener failed", e);
            }
        }
    }
}
