package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelRuntime;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.PoolStatus;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerPools;
import dev.modelmill.worker.WorkerShare;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The pools whose workers are threads of this process. Shared between threads. */
final class ThreadedWorkerPools implements WorkerPools {

    private final Guard guard = new Guard();
    private final Workforce workforce;
    private final Dispatcher dispatcher;
    private final Upkeep upkeep;

    ThreadedWorkerPools(
            List<ModelRuntime> runtimes, Supplier<List<WorkerListener>> listeners, int workers, Timing timing) {
        Map<String, ModelRuntime> byName =
                new TreeMap<>(runtimes.stream().collect(Collectors.toMap(ModelRuntime::name, Function.identity())));
        WorkerListener listener = new WorkerListeners(listeners);
        Condition changed = guard.newCondition();
        workforce = new Workforce(workers, model -> new SharedModel(guard, timing, byName, listener));
        dispatcher = new Dispatcher(guard, timing, listener, workforce, changed::signalAll);
        upkeep = new Upkeep(guard, timing, workforce, dispatcher, changed);
    }

    /** Starts the thread that looks after time; without it {@link #tick} does. */
    ThreadedWorkerPools start() {
        new Janitor(upkeep).start();
        return this;
    }

    @Override
    public WorkerShare share(String job, ModelVersion model, int maxWorkers, int priority) {
        if (maxWorkers < 1 || priority < 0 || priority > 9) {
            throw new IllegalArgumentException("a share needs at least 1 worker and a priority from 0 to 9, not "
                    + maxWorkers + " and " + priority);
        }
        return guard.get(() -> dispatcher.open(job, model, maxWorkers, priority));
    }

    @Override
    public Optional<PoolStatus> status(ModelVersion model) {
        return guard.get(() -> workforce.find(model).map(Pool::status));
    }

    @Override
    public List<PoolStatus> all() {
        return guard.get(() -> workforce.pools().stream().map(Pool::status).toList());
    }

    @Override
    public void close() {
        upkeep.close();
    }

    /** Does what is due by the clock, and has all that wait for a time look at it again. */
    void tick() {
        upkeep.sweep();
        upkeep.nudge();
    }

    /** Claims that wait for a worker to become free. */
    int waiting() {
        return guard.get(dispatcher::waiting);
    }

    /** Threads of workers that have not been given up. */
    int threads() {
        return guard.get(() -> workforce.workers().size());
    }
}
