package dev.modelmill.worker.pool;

import dev.modelmill.model.Batch;
import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Signature;
import dev.modelmill.worker.CallTimeoutException;
import dev.modelmill.worker.WorkerContext;
import dev.modelmill.worker.WorkerCrashedException;
import dev.modelmill.worker.WorkerLostException;
import dev.modelmill.worker.pool.CallWatch.Ending;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run as its task sees it. Confined to the worker's thread. */
final class RunContext implements WorkerContext {

    private static final Logger LOG = LoggerFactory.getLogger(RunContext.class);

    /** A run that makes place for another job has lasted at least so long, so that switching stays cheap. */
    static final long MIN_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Worker worker;
    private final Equipment equipment;
    private final ClaimedWorker lease;
    private final Timing timing;
    private final long startedAt;

    RunContext(Worker worker, Equipment equipment, ClaimedWorker lease, Timing timing) {
        this.worker = worker;
        this.equipment = equipment;
        this.lease = lease;
        this.timing = timing;
        this.startedAt = timing.now();
    }

    @Override
    public String name() {
        return worker.name();
    }

    @Override
    public Signature signature() {
        return equipment.model().model().signature();
    }

    @Override
    public Outputs call(Batch batch) {
        long start = timing.now();
        equipment.watch().begin(start, lease.share()::stopping);
        worker.count(batch.size());
        Outputs outputs;
        try {
            outputs = equipment.instance().run(batch);
        } catch (RuntimeException | Error e) {
            throw verdict(end(batch, start), e);
        }
        if (end(batch, start) == Ending.LOST) {
            outputs.close();
            throw lost();
        }
        return outputs;
    }

    @Override
    public boolean yieldRequested() {
        long now = timing.now();
        return lease.share().stopping() || worker.spent() || (lease.yieldDue(now) && now - startedAt >= MIN_RUN_NANOS);
    }

    @Override
    public <S extends AutoCloseable> S scratch(Class<S> type, Supplier<S> maker) {
        return equipment.scratch().get(type, maker);
    }

    private Ending end(Batch batch, long start) {
        Ending ending = equipment.watch().end();
        if (ending != Ending.LOST) {
            worker.listener().called(worker.model(), batch.size(), Duration.ofNanos(timing.now() - start));
        }
        return ending;
    }

    private RuntimeException verdict(Ending ending, Throwable failure) {
        if (ending == Ending.LOST) {
            return lost();
        }
        if (failure instanceof Error error) {
            worker.breakBy(Worker.CRASHED);
            throw error;
        }
        return switch (ending) {
            case TIMED_OUT -> timedOut(failure);
            case STOPPED -> stopped(failure);
            default -> failed((RuntimeException) failure);
        };
    }

    private RuntimeException timedOut(Throwable failure) {
        worker.breakBy(Worker.TIMED_OUT);
        Duration timeout = worker.model().settings().timeout();
        return new CallTimeoutException("the call took longer than " + Timing.text(timeout), failure);
    }

    private static RuntimeException stopped(Throwable failure) {
        return failure instanceof CallTerminatedException terminated
                ? terminated
                : new CallTerminatedException("the job is stopping");
    }

    /** A runtime that throws what it should not leaves its instance in doubt. */
    private RuntimeException failed(RuntimeException failure) {
        if (failure instanceof ModelException || failure instanceof CallTerminatedException) {
            return failure;
        }
        LOG.warn("the worker broke in a call and is replaced", failure);
        worker.breakBy(Worker.CRASHED);
        return new WorkerCrashedException("the worker broke in the call", failure);
    }

    private WorkerLostException lost() {
        return new WorkerLostException("the worker " + worker.name() + " has been given up");
    }
}
