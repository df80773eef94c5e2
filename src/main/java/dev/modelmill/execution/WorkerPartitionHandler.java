package dev.modelmill.execution;

import dev.modelmill.job.store.Partition;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.job.store.RunningJob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.task.TaskExecutor;

/**
 * Walks the partitions of a job that are not done, a few more at a time than the job can have workers, so that one is
 * ready whenever a worker is. Creates their step executions lazily and stops by the job's flag. Spring Batch's own handler
 * submits all at once: a second job would wait behind the first one's last partition.
 */
final class WorkerPartitionHandler implements PartitionHandler {

    private static final Logger log = LoggerFactory.getLogger(WorkerPartitionHandler.class);

    private final JobRuns runs;
    private final PartitionRows partitions;
    private final PartitionSteps steps;
    private final TaskExecutor executor;

    WorkerPartitionHandler(JobRuns runs, PartitionRows partitions, PartitionSteps steps, TaskExecutor executor) {
        this.runs = runs;
        this.partitions = partitions;
        this.steps = steps;
        this.executor = executor;
    }

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager) throws Exception {
        JobRun run = runs.of(manager.getJobExecution());
        return new Walk(run, (PartitionSplitter) splitter, manager).toTheEnd();
    }

    /** One walk over the partitions of a run, on the manager's thread. */
    private final class Walk {

        private final JobRun run;
        private final PartitionSplitter splitter;
        private final StepExecution manager;
        private final Deque<Partition> waiting;
        private final int places;
        private final CompletionService<StepExecution> open = new ExecutorCompletionService<>(executor::execute);
        private final List<StepExecution> executions = new ArrayList<>();
        private int running;

        Walk(JobRun run, PartitionSplitter splitter, StepExecution manager) {
            this.run = run;
            this.splitter = splitter;
            this.manager = manager;
            this.waiting = new ArrayDeque<>(partitions.all(run.id()).stream()
                    .filter(partition -> !partition.done())
                    .toList());
            this.places = run.share().maxWorkers() + 1;
        }

        List<StepExecution> toTheEnd() throws Exception {
            fill();
            while (running > 0) {
                ended(open.take().get());
                fill();
            }
            return executions;
        }

        private void fill() {
            while (running < places && !waiting.isEmpty() && !run.live().stopping()) {
                int partition = waiting.removeFirst().number();
                StepExecution execution = splitter.execution(manager, partition);
                Step step = steps.step(run, partition);
                executions.add(execution);
                open.submit(() -> {
                    step.execute(execution);
                    return execution;
                });
                running++;
            }
        }

        private void ended(StepExecution execution) {
            running--;
            if (execution.getStatus() == BatchStatus.FAILED || execution.getStatus() == BatchStatus.UNKNOWN) {
                run.live().stop(new RunningJob.Stop.Failed(Failures.of(execution)));
                log.debug("{} of job {} failed", execution.getStepName(), run.id());
            }
        }
    }
}
