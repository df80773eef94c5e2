package dev.modelmill.execution;

import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Signature;
import dev.modelmill.task.BatchSizeSearch;
import dev.modelmill.task.input.TaskInput;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chooses how many tasks go through a model together: what the job says, else what {@code model.yml} says, else what was
 * measured when the model was first used, which is kept in the data folder with the model's digest.
 */
@Component
class BatchSizes {

    private static final Logger log = LoggerFactory.getLogger(BatchSizes.class);

    private final Path measured;
    private final JsonMapper json;

    BatchSizes(DataFolder folder, JsonMapper json) {
        this.measured = folder.root().resolve("models");
        this.json = json;
    }

    /**
     * What a run goes by.
     *
     * @param batchSize tasks a window
     * @param secondsPerTask how long a task takes on one worker; 0 where nothing is known
     */
    record Choice(int batchSize, double secondsPerTask) {}

    /** Chooses for a job, whose worker is there to measure with. */
    Choice choose(StoredJob job, ModelVersion model, Signature signature, TaskInput tasks, Lease lease)
            throws Exception {
        Choice found = found(model, signature, tasks, lease);
        if (job.batchSize() != null) {
            return new Choice(job.batchSize(), found.secondsPerTask());
        }
        Integer wished = job.request().batchSize() != null
                ? job.request().batchSize()
                : model.settings().batchSize();
        if (!signature.batched()) {
            return new Choice(1, found.secondsPerTask());
        }
        return wished == null ? found : new Choice(wished, found.secondsPerTask());
    }

    private Choice found(ModelVersion model, Signature signature, TaskInput tasks, Lease lease) throws Exception {
        Path file = measured.resolve(model.name() + "-" + model.digest().replace("sha256:", "") + ".json");
        if (Files.exists(file)) {
            try {
                return json.readValue(Files.readAllBytes(file), Choice.class);
            } catch (JacksonException torn) {
                log.info("the batch size of {} is measured again", model.reference());
            }
        }
        BatchSizeSearch.Found found = measure(tasks, signature, lease);
        Choice choice = new Choice(found.batchSize(), found.secondsPerTask());
        if (found.certain()) {
            keep(file, choice);
        }
        return choice;
    }

    /** Appears whole or not at all; where it can't be written it is measured again next time. */
    private void keep(Path file, Choice choice) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.createDirectories(measured);
            Files.write(unfinished, json.writeValueAsBytes(choice));
            DataFolder.force(unfinished);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            log.warn("the batch size that was found could not be kept: {}", e.getMessage());
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
