package dev.modelmill.execution;

import java.time.Duration;
import java.util.Map;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The Spring Batch job: prepare, plan, infer (partitioned), finish. Every step may start again although it was complete,
 * since the rows say what is left to do. Two executors, for jobs and for partitions: a shared one would deadlock.
 */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {

    static final String JOB = "inference";

    @Bean
    Job inference(
            JobRepository repository,
            PlatformTransactionManager transactions,
            StopPolicy stopPolicy,
            PrepareTasklet prepare,
            PlanTasklet plan,
            FinishTasklet finish,
            Step infer) {
        Steps steps = new Steps(repository, transactions, stopPolicy);
        return new JobBuilder(JOB, repository)
                .start(steps.tasklet("prepare", prepare))
                .next(steps.tasklet("plan", plan))
                .next(infer)
                .next(steps.tasklet("finish", finish))
                .build();
    }

    private record Steps(JobRepository repository, PlatformTransactionManager transactions, StopPolicy stopPolicy) {

        Step tasklet(String name, Tasklet tasklet) {
            TaskletStep step = new StepBuilder(name, repository)
                    .tasklet(tasklet, transactions)
                    .allowStartIfComplete(true)
                    .build();
            step.setInterruptionPolicy(stopPolicy);
            return step;
        }
    }

    @Bean
    Step infer(
            JobRepository repository,
            JobRuns runs,
            PartitionReview review,
            PartitionSteps steps,
            @Qualifier("partitionExecutor") ThreadPoolTaskExecutor executor) {
        return new StepBuilder("partitions", repository)
                .partitioner(PartitionSplitter.STEP, gridSize -> Map.of())
                .splitter(new PartitionSplitter(repository))
                .partitionHandler(new WorkerPartitionHandler(runs, review, steps, executor))
                .allowStartIfComplete(true)
                .build();
    }

    /** A thread a running job, which waits for the partitions; the dispatcher sees to it that there are not too many. */
    @Bean
    @DependsOn("dataSource")
    ThreadPoolTaskExecutor jobExecutor() {
        return executor("job-");
    }

    /** A thread an open partition, which waits for a worker and commits. It never queues. */
    @Bean
    @DependsOn("dataSource")
    ThreadPoolTaskExecutor partitionExecutor() {
        return executor("partition-");
    }

    private static ThreadPoolTaskExecutor executor(String prefix) {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix(prefix);
        executor.setCorePoolSize(0);
        executor.setMaxPoolSize(Integer.MAX_VALUE);
        executor.setQueueCapacity(0);
        executor.setKeepAliveSeconds(30);
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationSeconds(1);
        return executor;
    }

    @Bean
    TrialTime trialTime() {
        return new TrialTime(Duration.ofSeconds(60));
    }

    /** Plain JSON in place of Java serialization. */
    @Bean
    ExecutionContextSerializer executionContextSerializer() {
        return new JacksonExecutionContextStringSerializer();
    }
}
