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
import org.jspecify.annotations.Nullable;
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

    /**
     * Chooses for a job, whose worker is there to measure with; the batch size to take and the speed to expect. Where the
     * size is given nothing is measured: a larger one may be what the model can't bear.
     */
    ModelSpeed choose(StoredJob job, ModelVersion model, Signature signature, TaskInput tasks, Lease lease)
            throws Exception {
        Integer given = given(job, model, signature);
        if (given == null) {
            return found(model, signature, tasks, lease);
        }
        double secondsPerTask =
                speeds.find(model).map(ModelSpeed::secondsPerTask).orElse(0.0);
        return new ModelSpeed(given, secondsPerTask);
    }

    private static @Nullable Integer given(StoredJob job, ModelVersion model, Signature signature) {
        if (job.batchSize() != null) {
            return job.batchSize();
        }
        if (!signature.batched()) {
            return 1;
        }
        return job.request().batchSize() != null
                ? job.request().batchSize()
                : model.settings().batchSize();
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
     * Learns from a job how long a task really takes, reading and writing included, where it ran at the batch size that was
     * measured, and long enough.
     */
    void learn(JobRun run) {
        double busy = run.busySeconds();
        int batchSize = run.settings().batchSize();
        boolean usual = speeds.find(run.model())
                .map(kept -> kept.batchSize() == batchSize)
                .orElse(false);
        if (usual && busy >= ENOUGH_SECONDS && run.ran() > 0) {
            speeds.keep(run.model(), new ModelSpeed(batchSize, busy / run.ran()));
        }
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
