package dev.modelmill.execution;

import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.task.input.InputScan;
import dev.modelmill.task.input.PartitionPlan;
import dev.modelmill.task.input.PartitionRange;
import dev.modelmill.task.input.PartitionSizes;
import java.util.List;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Counts the tasks and cuts them into partitions by one scan of the input, once in the life of a job. */
@Component
class PlanTasklet implements Tasklet {

    private final JobRuns runs;
    private final JobRows rows;
    private final PartitionRows partitions;

    PlanTasklet(JobRuns runs, JobRows rows, PartitionRows partitions) {
        this.runs = runs;
        this.rows = rows;
        this.partitions = partitions;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        JobRun run = runs.of(contribution.getStepExecution().getJobExecution());
        Long total = run.job().total();
        if (total == null) {
            total = plan(run);
        }
        run.planned(total, partitions.totals(run.id()));
        run.refuseTooManyErrors();
        return RepeatStatus.FINISHED;
    }

    private long plan(JobRun run) throws Exception {
        InputScan scan = InputScan.of(
                run.settings().input(),
                run.settings().batchSize(),
                () -> run.live().stopping());
        if (run.live().stopping()) {
            throw new JobInterruptedException("the job is stopping");
        }
        List<PartitionRange> plan =
                PartitionPlan.cut(scan, PartitionSizes.of(run.share().maxWorkers(), run.tasksPerSecond()));
        partitions.insert(run.id(), plan);
        rows.planned(run.id(), scan.tasks());
        return scan.tasks();
    }
}
