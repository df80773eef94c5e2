package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerLostException;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker: a thread of its own that makes it (loads the model or waits for it, opens its instance), then does the runs
 * that it is handed until it is dismissed, then closes what it holds. Nothing but that thread touches what it holds, so a
 * worker that has been given up cleans up after itself whenever its thread comes back.
 */
final class Worker implements Runnable {

    static final String TIMED_OUT = "timeout";
    static final String CRASHED = "crashed";
    static final String RECYCLED = "recycled";

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Owner owner;
    private final Slot slot;
    private final String name;
    private final ModelVersion model;
    private final SharedModel shared;
    private final String job;
    private final @Nullable String replaces;

    // Guarded by the lock.
    private final Condition work;
    private @Nullable Run<?> run;
    private boolean dismissed;

    // Written by the worker's thread only.
    private volatile @Nullable Equipment equipment;
    private volatile @Nullable String defect;
    private long tasks;

    /**
     * Makes a worker under the lock; its thread is started separately.
     *
     * @param job the job for which it is made
     * @param replaces why the worker before it in its slot was replaced; null where there was none
     */
    Worker(Owner owner, Slot slot, String job, @Nullable String replaces) {
        this.owner = owner;
        this.slot = slot;
        this.name = slot.name();
        this.model = slot.pool().model();
        this.shared = slot.pool().shared();
        this.job = job;
        this.replaces = replaces;
        this.work = owner.guard().newCondition();
    }

    /** Makes the worker of a slot. */
    @FunctionalInterface
    interface Maker {
        Worker make(Slot slot);
    }

    /** What a worker reports to; called on its thread, without the lock. */
    interface Owner {

        Guard guard();

        Timing timing();

        WorkerListener listener();

        void made(Worker worker, long openNanos);

        void notMade(Worker worker, Throwable failure);

        /** The worker's thread ends; it has closed what it held. */
        void ended(Worker worker);
    }

    @Override
    public void run() {
        try {
            ClaimLog.within(job, name, this::make);
            serve();
        } catch (Throwable e) {
            LOG.error("the worker {} died", name, e);
        } finally {
            close();
        }
    }

    String name() {
        return name;
    }

    Slot slot() {
        return slot;
    }

    String job() {
        return job;
    }

    ModelVersion model() {
        return model;
    }

    WorkerListener listener() {
        return owner.listener();
    }

    /** Hands it a run, under the lock. */
    void hand(Run<?> next) {
        if (lost()) {
            throw new WorkerLostException("the worker " + name + " has been given up");
        }
        run = next;
        work.signal();
    }

    /** The run under way; under the lock. */
    @Nullable
    Run<?> current() {
        return run;
    }

    /** Whether the run under way is of this share; under the lock. */
    boolean worksFor(JobShare share) {
        return run != null && run.lease().share() == share;
    }

    /** Makes the thread that waits for its run look at it again; under the lock. */
    void nudge() {
        if (run != null) {
            run.nudge();
        }
    }

    /** Tells it to end after the run under way; under the lock. */
    void dismiss() {
        dismissed = true;
        work.signal();
    }

    /** Under the lock. */
    boolean dismissed() {
        return dismissed;
    }

    /** Looks at the call under way; see {@link CallWatch#look}. */
    long look(long now, boolean stopping) {
        Equipment held = equipment;
        return held == null ? CallWatch.LOST : held.watch().look(now, stopping);
    }

    /** Expects nothing of it any more. */
    void giveUp() {
        Equipment held = equipment;
        if (held != null) {
            held.watch().giveUp();
        }
    }

    boolean lost() {
        Equipment held = equipment;
        return held == null || held.watch().lost();
    }

    /** Counts tasks; on the worker's thread. */
    void count(int more) {
        tasks += more;
    }

    /** Notes why it can't be reused; the first reason stands. On the worker's thread. */
    void breakBy(String reason) {
        if (defect == null) {
            defect = reason;
        }
    }

    /** Whether it is to be replaced after this run; on the worker's thread. */
    boolean spent() {
        return defect != null || worn() || lost();
    }

    /** Why it is to be replaced rather than reused; null: it can be reused. After its run has ended. */
    @Nullable
    String replacementReason() {
        if (defect != null) {
            return defect;
        }
        if (lost()) {
            return TIMED_OUT;
        }
        return worn() ? RECYCLED : null;
    }

    private boolean worn() {
        Long most = model.settings().maxTasksPerWorker();
        return most != null && tasks >= most;
    }

    private void make() {
        if (replaces != null) {
            LOG.info("replaces the worker before it: {}", replaces);
            listener().workerReplaced(model, replaces);
        }
        try {
            Loaded loaded = shared.join(model, () -> dismissed);
            long start = owner.timing().now();
            equipment = open(loaded);
            if (!owner.guard().get(this::dismissed)) {
                LOG.info("ready");
            }
            owner.made(this, owner.timing().now() - start);
        } catch (Throwable e) {
            owner.notMade(this, e);
        }
    }

    private Equipment open(Loaded loaded) {
        try {
            ModelInstance instance = loaded.model().open(name);
            long timeout = Timing.nanos(model.settings().timeout());
            long grace = Timing.nanos(owner.timing().terminateGrace());
            return new Equipment(loaded, instance, new CallWatch(instance, timeout, grace), new Scratch());
        } catch (Throwable e) {
            shared.leave(loaded);
            throw e;
        }
    }

    private void serve() {
        Run<?> next = owner.guard().get(this::take);
        while (next != null) {
            perform(next);
            next = owner.guard().get(this::take);
        }
    }

    private @Nullable Run<?> take() {
        while (run == null && !dismissed) {
            work.awaitUninterruptibly();
        }
        return run;
    }

    private void perform(Run<?> next) {
        ClaimedWorker lease = next.lease();
        RunContext context = new RunContext(this, equipment, lease, owner.timing());
        ClaimLog.within(lease.share().job(), name, () -> next.perform(context));
        if (next.failedByError()) {
            breakBy(CRASHED);
        }
        owner.guard().run(() -> finish(next));
    }

    private void finish(Run<?> done) {
        run = null;
        done.end();
    }

    private void close() {
        Equipment held = equipment;
        try {
            if (held != null) {
                held.close();
                shared.leave(held.model());
            }
        } finally {
            owner.ended(this);
        }
    }
}
