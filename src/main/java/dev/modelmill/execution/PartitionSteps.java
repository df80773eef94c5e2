package dev.modelmill.execution;

import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.PartitionRows;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes the step of one partition: a tasklet whose every call is one run of about a second and one commit. */
@Component
class PartitionSteps {

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final DataFolder folder;
    private final JobRows jobs;
    private final PartitionRows partitions;
    private final StopPolicy stopPolicy;
    private final ApplicationEventPublisher events;

    PartitionSteps(
            JobRepository repository,
            PlatformTransactionManager transactions,
            DataFolder folder,
            JobRows jobs,
            PartitionRows partitions,
            StopPolicy stopPolicy,
            ApplicationEventPublisher events) {
        this.repository = repository;
        this.transactions = transactions;
        this.folder = folder;
        this.jobs = jobs;
        this.partitions = partitions;
        this.stopPolicy = stopPolicy;
        this.events = events;
    }

    Step step(JobRun run, int partition) {
        PartitionTasklet tasklet = new PartitionTasklet(run, partition, folder, jobs, partitions, transactions, events);
        TaskletStep step = new StepBuilder(PartitionSplitter.STEP + ":" + partition, repository)
                .tasklet(tasklet, transactions).stream(tasklet).build();
        step.setInterruptionPolicy(stopPolicy);
        return step;
    }
}
