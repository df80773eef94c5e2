package dev.modelmill.execution;

import java.util.Set;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Makes the step execution of a partition when its turn has come. The plan is in the rows, so that a crash between making
 * an execution and storing its context loses nothing.
 */
final class PartitionSplitter implements StepExecutionSplitter {

    static final String STEP = "infer";

    private final JobRepository repository;

    PartitionSplitter(JobRepository repository) {
        this.repository = repository;
    }

    @Override
    public String getStepName() {
        return STEP;
    }

    /** Splits nothing ahead: {@link WorkerPartitionHandler} asks for one execution after the other. */
    @Override
    public Set<StepExecution> split(StepExecution manager, int gridSize) {
        return Set.of();
    }

    /** The execution of one partition, in the repository. Called by the manager's thread only. */
    StepExecution execution(StepExecution manager, int partition) {
        return repository.createStepExecution(STEP + ":" + partition, manager.getJobExecution());
    }
}
