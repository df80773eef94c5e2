package dev.modelmill.execution;

import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.JobFiles;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.Partition;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.job.store.PartitionRows.Totals;
import dev.modelmill.task.output.OutputStoppedException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes sure that every task has its outcome, writes the output file, and ends the job in this step's transaction. The step
 * before it has just compared every part file with its row.
 */
@Component
class FinishTasklet implements Tasklet {

    private final JobRuns runs;
    private final JobRows rows;
    private final PartitionRows partitions;
    private final JobFiles files;
    private final BatchSizes batchSizes;
    private final JsonMapper json;
    private final OutsideTransaction outside;

    FinishTasklet(
            JobRuns runs,
            JobRows rows,
            PartitionRows partitions,
            JobFiles files,
            BatchSizes batchSizes,
            JsonMapper json,
            OutsideTransaction outside) {
        this.runs = runs;
        this.rows = rows;
        this.partitions = partitions;
        this.files = files;
        this.batchSizes = batchSizes;
        this.json = json;
        this.outside = outside;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        JobRun run = runs.of(contribution.getStepExecution().getJobExecution());
        Totals totals = outside.call(() -> finished(run));
        batchSizes.learn(run);
        JobStatus end = totals.failed() == 0 ? JobStatus.COMPLETED : JobStatus.COMPLETED_WITH_ERRORS;
        rows.end(
                run.id(),
                Set.of(JobStatus.RUNNING, JobStatus.CANCELLING),
                end,
                null,
                json.writeValueAsString(EndedWorkers.of(run.live())));
        return RepeatStatus.FINISHED;
    }

    /** A stop is heard until the output is shown; from then on the job completes. */
    private Totals finished(JobRun run) throws IOException, JobInterruptedException {
        Totals totals = verified(run);
        run.refuseTooManyErrors();
        try {
            files.writeOutput(run.job(), run.live()::stopping);
        } catch (OutputStoppedException stopped) {
            throw new JobInterruptedException("the job is stopping");
        }
        return totals;
    }

    private Totals verified(JobRun run) {
        List<Partition> all = partitions.all(run.id());
        long tasks = 0;
        for (Partition partition : all) {
            tasks += partition.range().tasks();
            if (!partition.done()) {
                throw new IllegalStateException("partition " + partition.number() + " of " + run.id() + " is not done");
            }
        }
        Totals totals = partitions.totals(run.id());
        if (totals.succeeded() + totals.failed() != tasks
                || !Long.valueOf(tasks).equals(rows.total(run.id()))) {
            throw new IllegalStateException("job " + run.id() + " has " + tasks + " tasks but " + totals.succeeded()
                    + " results and " + totals.failed() + " errors");
        }
        return totals;
    }
}
