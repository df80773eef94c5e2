package dev.modelmill.worker.pool;

import dev.modelmill.worker.WorkerStatus;

/** What one worker, by its name, has done for one job. Guarded by the lock. */
final class Service {

    private final long since;
    private Slot slot;
    private long busyNanos;
    private int replacementsBefore;
    private int replacementsElsewhere;

    Service(Slot slot, long now) {
        this.slot = slot;
        this.since = now;
        this.replacementsBefore = slot.replacements();
    }

    /** The job claims it again, perhaps in another slot of the same name. */
    void claim(Slot again) {
        if (again != slot) {
            replacementsElsewhere += slot.replacements() - replacementsBefore;
            replacementsBefore = again.replacements();
            slot = again;
        }
    }

    void ran(long nanos) {
        busyNanos += nanos;
    }

    int number() {
        return slot.number();
    }

    WorkerStatus status(long now) {
        return new WorkerStatus(
                slot.name(),
                slot.state(),
                Timing.seconds(busyNanos),
                Timing.seconds(now - since),
                Timing.seconds(slot.makeNanos()),
                replacementsElsewhere + slot.replacements() - replacementsBefore);
    }
}
