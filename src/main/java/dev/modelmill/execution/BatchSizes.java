package dev.modelmill.execution;

import dev.modelmill.job.speed.ModelSpeed;
import dev.modelmill.job.speed.ModelSpeeds;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Signature;
import dev.modelmill.task.BatchSizeSearch;
import dev.modelmill.task.input.TaskInput;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.WorkerLostException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Chooses how many tasks go through a model together: what the job says, else what {@code model.yml} says, else what was
 * measured when the model was first used on this machine.
 */
@Component
class BatchSizes {

    private static final double ENOUGH_SECONDS = 0.5;

    private final ModelSpeeds speeds;

    BatchSizes(ModelSpeeds speeds) {
        this.speeds = speeds;
    }

    /** Chooses for a job, whose worker is there to measure with; the batch size to take and the speed to expect. */
    ModelSpeed choose(StoredJob job, ModelVersion model, Signature signature, TaskInput tasks, Lease lease)
            throws Exception {
        ModelSpeed found = found(model, signature, tasks, lease);
        if (job.batchSize() != null) {
            return new ModelSpeed(job.batchSize(), found.secondsPerTask());
        }
        Integer wished = job.request().batchSize() != null
                ? job.request().batchSize()
                : model.settings().batchSize();
        if (!signature.batched()) {
            return new ModelSpeed(1, found.secondsPerTask());
        }
        return wished == null ? found : new ModelSpeed(wished, found.secondsPerTask());
    }

    private ModelSpeed found(ModelVersion model, Signature signature, TaskInput tasks, Lease lease) throws Exception {
        Optional<ModelSpeed> known = speeds.find(model);
        if (known.isPresent()) {
            return known.get();
        }
        BatchSizeSearch.Found found = measure(tasks, signature, lease);
        ModelSpeed speed = new ModelSpeed(found.batchSize(), found.secondsPerTask());
        if (found.certain()) {
            speeds.keep(model, speed);
        }
        return speed;
    }

    /**
     * Learns from a job how long a task really takes, reading and writing included. Only where it ran at the batch size
     * that was measured, and long enough.
     */
    void learn(JobRun run) {
        double busy = run.busySeconds();
        speeds.find(run.model())
                .filter(kept -> busy >= ENOUGH_SECONDS
                        && kept.batchSize() == run.settings().batchSize())
                .ifPresent(kept -> speeds.keep(run.model(), new ModelSpeed(kept.batchSize(), busy / run.ran())));
    }

    /** A call that doesn't even stop says nothing of the batch size; its task fails when its turn comes. */
    private static BatchSizeSearch.Found measure(TaskInput tasks, Signature signature, Lease lease) throws Exception {
        try {
            return lease.run(new BatchSizeSearch(tasks, signature));
        } catch (WorkerLostException hung) {
            return BatchSizeSearch.usual(signature);
        }
    }
}
