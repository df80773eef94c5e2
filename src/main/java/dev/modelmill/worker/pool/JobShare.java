package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.ShareStoppedException;
import dev.modelmill.worker.WorkerShare;
import dev.modelmill.worker.WorkerStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One job's share. Guarded by the lock, but for the flag that its runs read. */
final class JobShare implements WorkerShare {

    private final Dispatcher dispatcher;
    private final String job;
    private final ModelVersion model;
    private final int maxWorkers;
    private final Turn<Claim> turn;
    private final Map<String, Service> services = new HashMap<>();
    private volatile boolean stopping;
    private int held;
    private @Nullable Long closedAt;

    JobShare(Dispatcher dispatcher, String job, ModelVersion model, int maxWorkers, Turn<Claim> turn) {
        this.dispatcher = dispatcher;
        this.job = job;
        this.model = model;
        this.maxWorkers = maxWorkers;
        this.turn = turn;
    }

    @Override
    public Lease claim() {
        return dispatcher.claim(this);
    }

    @Override
    public int maxWorkers() {
        return maxWorkers;
    }

    @Override
    public void stop() {
        dispatcher.stop(this);
    }

    @Override
    public List<WorkerStatus> workers() {
        return dispatcher.guard().get(this::statuses);
    }

    @Override
    public void close() {
        dispatcher.close(this);
    }

    String job() {
        return job;
    }

    ModelVersion model() {
        return model;
    }

    Turn<Claim> turn() {
        return turn;
    }

    /** Whether its runs and claims are to end; from any thread, without the lock. */
    boolean stopping() {
        return stopping;
    }

    void requireOpen() {
        if (stopping) {
            throw stopped();
        }
    }

    ShareStoppedException stopped() {
        return new ShareStoppedException("the job " + job + " is stopping");
    }

    void markStopping() {
        stopping = true;
    }

    void markClosed(long now) {
        closedAt = closedAt == null ? now : closedAt;
    }

    /** Whether the job may have one more worker. */
    boolean hasRoom() {
        return held < maxWorkers;
    }

    void take(Slot slot, long now) {
        held++;
        services.computeIfAbsent(slot.name(), name -> new Service(slot, now)).claim(slot);
    }

    void giveBack() {
        held--;
    }

    /** Adds up a run; takes the lock. */
    void ran(Slot slot, long nanos) {
        dispatcher.guard().run(() -> services.get(slot.name()).ran(nanos));
    }

    private List<WorkerStatus> statuses() {
        long now = closedAt == null ? dispatcher.timing().now() : closedAt;
        return services.values().stream()
                .sorted(Comparator.comparingInt(Service::number))
                .map(service -> service.status(now))
                .toList();
    }
}
