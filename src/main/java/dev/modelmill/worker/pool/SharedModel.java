package dev.modelmill.worker.pool;

import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelRuntime;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.WorkerListener;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in memory, once for all workers of a pool: the first worker that needs it loads it on its own thread while
 * others wait, the last one that leaves after {@link #retire} closes it. Fields guarded by the lock; loading
 * itself happens outside.
 */
final class SharedModel {

    private static final Logger LOG = LoggerFactory.getLogger(SharedModel.class);

    private static final CompletableFuture<Loaded> UNWANTED =
            CompletableFuture.failedFuture(new ModelException("the worker is needed no longer"));

    private final Guard guard;
    private final Timing timing;
    private final Map<String, ModelRuntime> runtimes;
    private final WorkerListener listener;

    private @Nullable Loaded loaded;
    private @Nullable CompletableFuture<Loaded> loading;
    private boolean retired;

    SharedModel(Guard guard, Timing timing, Map<String, ModelRuntime> runtimes, WorkerListener listener) {
        this.guard = guard;
        this.timing = timing;
        this.runtimes = runtimes;
        this.listener = listener;
    }

    /** Thrown to a worker whose model could not be loaded, or is wanted no longer. */
    static final class LoadFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LoadFailedException(@Nullable Throwable cause) {
            super(cause);
        }
    }

    /**
     * The loaded model, loaded or waited for, with this worker among its users. On the worker's thread, without the lock.
     *
     * @param dismissed whether the worker is needed no longer, asked under the lock: one whose claims failed with a load
     *     before its thread got here must not begin another
     * @throws LoadFailedException if loading failed; the caller reports it, which ends the waiting of the others
     */
    Loaded join(ModelVersion model, BooleanSupplier dismissed) {
        CompletableFuture<Loaded> mine = new CompletableFuture<>();
        CompletableFuture<Loaded> load = guard.get(() -> dismissed.getAsBoolean() ? UNWANTED : begin(mine));
        if (load == mine) {
            load(model, mine);
        }
        Loaded result = await(load);
        return guard.get(() -> enter(result));
    }

    /** The worker uses it no longer. On its thread, without the lock; closes the model after the last. */
    void leave(Loaded model) {
        boolean last = guard.get(() -> {
            model.leave();
            return retired && model.unused();
        });
        if (last) {
            model.close();
        }
    }

    /** Ends a load under way, whose late result will be closed. Under the lock. */
    void fail(String message) {
        CompletableFuture<Loaded> load = loading;
        loading = null;
        if (load != null) {
            load.completeExceptionally(new ModelException(message));
        }
    }

    /** Gives the model up: whoever leaves last closes it; returned where nobody uses it, for the caller to close. */
    Optional<Loaded> retire() {
        retired = true;
        fail("the model is being unloaded");
        Loaded unused = loaded != null && loaded.unused() ? loaded : null;
        loaded = unused == null ? loaded : null;
        return Optional.ofNullable(unused);
    }

    /** Under the lock. */
    boolean isLoading() {
        return loading != null;
    }

    /** Under the lock. */
    @Nullable
    Loaded loaded() {
        return loaded;
    }

    private CompletableFuture<Loaded> begin(CompletableFuture<Loaded> mine) {
        if (loaded != null) {
            return CompletableFuture.completedFuture(loaded);
        }
        if (retired) {
            return CompletableFuture.failedFuture(new ModelException("the model is being unloaded"));
        }
        loading = loading == null ? mine : loading;
        return loading;
    }

    private Loaded enter(Loaded result) {
        if (retired || result != loaded) {
            throw new LoadFailedException(null);
        }
        result.enter();
        return result;
    }

    private static Loaded await(CompletableFuture<Loaded> load) {
        try {
            return load.join();
        } catch (CompletionException e) {
            throw new LoadFailedException(e.getCause());
        }
    }

    private void load(ModelVersion model, CompletableFuture<Loaded> load) {
        LOG.info("loading model {}", model.reference());
        long start = timing.now();
        Loaded result;
        try {
            result = loadAndWarmUp(model, start);
        } catch (Throwable e) {
            throw new LoadFailedException(e);
        }
        if (guard.get(() -> adopt(result, load))) {
            LOG.info("loaded in {} s", result.secondsText());
            listener.modelLoaded(model, result.took());
        } else {
            result.close();
        }
    }

    private Loaded loadAndWarmUp(ModelVersion model, long start) {
        LoadedModel result = runtime(model).load(model);
        try {
            result.warmUp();
            long nanos = timing.now() - start;
            return new Loaded(result, Duration.ofNanos(nanos), result.memoryBytes());
        } catch (Throwable e) {
            Closing.quietly(result, "the model");
            throw e;
        }
    }

    private ModelRuntime runtime(ModelVersion model) {
        String name = model.settings().runtime();
        ModelRuntime runtime = runtimes.get(name);
        if (runtime == null) {
            throw new ModelException("there is no runtime \"" + name + "\": write one of " + runtimes.keySet()
                    + " as runtime in model.yml");
        }
        return runtime;
    }

    private boolean adopt(Loaded result, CompletableFuture<Loaded> load) {
        boolean wanted = loading == load;
        if (wanted) {
            loaded = result;
            loading = null;
            load.complete(result);
        }
        return wanted;
    }
}
