package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.speed.ModelSpeed;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobFiles;
import dev.modelmill.job.store.JobFolder;
import dev.modelmill.job.store.JobInput;
import dev.modelmill.job.store.JobProperties;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.job.store.RunningJob;
import dev.modelmill.job.store.RunningJobs;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.model.ModelReference;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Models;
import dev.modelmill.model.Signature;
import dev.modelmill.task.TaskSettings;
import dev.modelmill.task.input.Compression;
import dev.modelmill.task.input.TaskInput;
import dev.modelmill.task.input.TaskSchema;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.ShareStoppedException;
import dev.modelmill.worker.WorkerContext;
import dev.modelmill.worker.WorkerPools;
import dev.modelmill.worker.WorkerShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * Makes ready what a run needs: the model in memory, the plain input, its columns, the batch size. What decides the bytes
 * of the results is fixed here, before the first batch.
 */
@Component
class PrepareTasklet implements Tasklet {

    private static final Duration INSPECTION = Duration.ofSeconds(60);

    private final JobRows rows;
    private final PartitionRows partitions;
    private final RunningJobs running;
    private final JobRuns runs;
    private final Models models;
    private final WorkerPools pools;
    private final BatchSizes batchSizes;
    private final DataFolder folder;
    private final JobFiles files;
    private final JobProperties properties;
    private final OutsideTransaction outside;

    PrepareTasklet(
            JobRows rows,
            PartitionRows partitions,
            RunningJobs running,
            JobRuns runs,
            Models models,
            WorkerPools pools,
            BatchSizes batchSizes,
            DataFolder folder,
            JobFiles files,
            JobProperties properties,
            OutsideTransaction outside) {
        this.rows = rows;
        this.partitions = partitions;
        this.running = running;
        this.runs = runs;
        this.models = models;
        this.pools = pools;
        this.batchSizes = batchSizes;
        this.folder = folder;
        this.files = files;
        this.properties = properties;
        this.outside = outside;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        JobId id = JobRuns.jobOf(contribution.getStepExecution().getJobExecution());
        return outside.call(() -> prepare(id));
    }

    private RepeatStatus prepare(JobId id) throws Exception {
        RunningJob live = running.find(id).orElseThrow();
        StoredJob job = rows.find(id).orElseThrow();
        if (job.status() == JobStatus.CANCELLING) {
            live.stop(new RunningJob.Stop.Cancelled());
            throw new JobInterruptedException("the job is to be cancelled");
        }
        partitions.rest(id);
        files.removeUnnamed(id);
        ModelVersion model = model(job);
        WorkerShare share = pools.share(id.value(), model, maxWorkers(job.request()), job.priority());
        try {
            live.sharing(share);
            runs.enter(prepared(job, live, model, share));
            live.prepared();
        } catch (ShareStoppedException stopped) {
            share.close();
            throw new JobInterruptedException("the job is stopping");
        } catch (Exception e) {
            share.close();
            throw e;
        }
        return RepeatStatus.FINISHED;
    }

    private static int maxWorkers(JobRequest request) {
        return request.workers() == null ? Integer.MAX_VALUE : request.workers();
    }

    /** The model as it is now; another than before is refused once a task has been finished. */
    private ModelVersion model(StoredJob job) {
        ModelReference reference = new ModelReference(job.model(), job.modelVersion());
        Models.Entry entry = models.await(reference, INSPECTION)
                .orElseThrow(() -> new JobFailure(
                        JobError.Code.MODEL_UNAVAILABLE, "the model " + reference + " is not there any more"));
        ModelVersion model = entry.model();
        if (entry.error() != null || model == null) {
            throw new JobFailure(JobError.Code.MODEL_UNAVAILABLE, "the model " + reference + ": " + entry.error());
        }
        if (begun(job) && !model.digest().equals(job.modelDigest())) {
            throw new JobFailure(
                    JobError.Code.MODEL_CHANGED,
                    "the model " + reference
                            + " was changed since the job began; put the old one back, or submit again");
        }
        return model;
    }

    private boolean begun(StoredJob job) {
        var totals = partitions.totals(job.id());
        return totals.succeeded() + totals.failed() > 0;
    }

    private JobRun prepared(StoredJob job, RunningJob live, ModelVersion model, WorkerShare share) throws Exception {
        TaskInput tasks = plainTasks(job, live);
        try (Lease lease = share.claim()) {
            Signature signature = lease.run(WorkerContext::signature);
            TaskSchema.bind(tasks, signature);
            ModelSpeed choice = batchSizes.choose(job, model, signature, tasks, lease);
            rows.fix(job.id(), model.version(), model.digest(), choice.batchSize());
            TaskSettings settings = new TaskSettings(
                    tasks, signature, choice.batchSize(), job.request().effectiveInclude());
            return new JobRun(job, live, share, settings, folder.job(job.id()).parts(), model, choice.secondsPerTask());
        }
    }

    /** The input, written out plain where it is compressed, and still the one that was taken in. */
    private TaskInput plainTasks(StoredJob job, RunningJob live) throws IOException, JobInterruptedException {
        JobInput input = job.input();
        JobFolder home = folder.job(job.id());
        Path source = home.source(input);
        if (!Files.isReadable(source)) {
            throw new JobFailure(JobError.Code.INPUT_UNREADABLE, "the input file is not there any more");
        }
        boolean changed = Files.size(source) != input.size()
                || (!input.own() && Files.getLastModifiedTime(source).toMillis() != input.modified());
        if (changed) {
            throw new JobFailure(
                    JobError.Code.INPUT_CHANGED, "the input was changed after the job was taken in; submit it again");
        }
        if (input.compressed() && !Files.exists(home.plainInput())) {
            Path unfinished = home.plainInput().resolveSibling("input.unfinished");
            Files.deleteIfExists(unfinished);
            Compression.GZIP.copyPlain(source, unfinished, live::stopping);
            if (live.stopping()) {
                throw new JobInterruptedException("the job is stopping");
            }
            Files.move(unfinished, home.plainInput());
            DataFolder.force(home.path());
        }
        return home.tasks(input, (int) properties.maxTaskSize().toBytes());
    }
}
