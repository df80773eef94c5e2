package dev.modelmill.execution;

import dev.modelmill.job.JobError;
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
 * ready whenever a worker is, until a review of all part files finds nothing left to do. Creates their step executions
 * lazily and stops by the job's flag. Spring Batch's own handler submits all at once: a second job would wait behind the
 * first one's last partition.
 */
final class WorkerPartitionHandler implements PartitionHandler {

    private static final Logger log = LoggerFactory.getLogger(WorkerPartitionHandler.class);
    private static final int MOST_WALKS = 3;

    private final JobRuns runs;
    private final PartitionReview review;
    private final PartitionSteps steps;
    private final TaskExecutor executor;

    WorkerPartitionHandler(JobRuns runs, PartitionReview review, PartitionSteps steps, TaskExecutor executor) {
        this.runs = runs;
        this.review = review;
        this.steps = steps;
        this.executor = executor;
    }

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager) throws Exception {
        JobRun run = runs.of(manager.getJobExecution());
        List<StepExecution> executions = new ArrayList<>();
        List<Integer> left = review.partitionsToDo(run);
        for (int walks = 0; !left.isEmpty() && !run.live().stopping(); walks++) {
            if (walks == MOST_WALKS) {
                throw damagedAgain();
            }
            executions.addAll(new Walk(run, (PartitionSplitter) splitter, manager, left).toTheEnd());
            left = run.live().stopping() ? List.of() : review.partitionsToDo(run);
        }
        return executions;
    }

    private static JobFailure damagedAgain() {
        return new JobFailure(
                JobError.Code.STORAGE_UNAVAILABLE,
                "part files of the job were damaged again and again; when the storage is well again, restart the job");
    }

    /** One walk over partitions of a run, on the manager's thread. */
    private final class Walk {

        private final JobRun run;
        private final PartitionSplitter splitter;
        private final StepExecution manager;
        private final Deque<Integer> waiting;
        private final int places;
        private final CompletionService<StepExecution> open = new ExecutorCompletionService<>(executor::execute);
        private final List<StepExecution> executions = new ArrayList<>();
        private int running;

        Walk(JobRun run, PartitionSplitter splitter, StepExecution manager, List<Integer> partitions) {
            this.run = run;
            this.splitter = splitter;
            this.manager = manager;
            this.waiting = new ArrayDeque<>(partitions);
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

        /** Whatever is thrown, partitions that are open come to their end before the walk does. */
        private void fill() {
            try {
                while (running < places && !waiting.isEmpty() && !run.live().stopping()) {
                    begin(waiting.removeFirst());
                }
            } catch (RuntimeException | Error e) {
                run.live().stop(Failures.stop(e));
            }
        }

        private void begin(int partition) {
            StepExecution execution = splitter.execution(manager, partition);
            Step step = steps.step(run, partition);
            executions.add(execution);
            open.submit(() -> execute(step, execution));
            running++;
        }

        private void ended(StepExecution execution) {
            running--;
            if (execution.getStatus() == BatchStatus.FAILED || execution.getStatus() == BatchStatus.UNKNOWN) {
                run.live().stop(Failures.stop(execution));
                log.debug("{} of job {} failed", execution.getStepName(), run.id());
            }
        }
    }

    /** A step throws where it can't even store that it begins. */
    private static StepExecution execute(Step step, StepExecution execution) {
        try {
            step.execute(execution);
        } catch (Exception | Error e) {
            execution.addFailureException(e);
            execution.setStatus(BatchStatus.FAILED);
        }
        return execution;
    }
}
