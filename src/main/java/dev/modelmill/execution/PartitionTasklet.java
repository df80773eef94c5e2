package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobEvent;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.Partition;
import dev.modelmill.job.store.Partition.State;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.task.Checkpoint;
import dev.modelmill.task.PartitionWork;
import dev.modelmill.task.output.PartFiles;
import dev.modelmill.worker.CallTimeoutException;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.ShareStoppedException;
import dev.modelmill.worker.WorkerCrashedException;
import dev.modelmill.worker.WorkerLostException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One partition: every call claims a worker for one run, gives it back, and commits how far the partition is then in the
 * step's transaction. Confined to the partition's thread; the worker's thread meets the {@link PartitionWork} only while
 * this one waits for it.
 */
final class PartitionTasklet implements Tasklet, ItemStream {

    private static final Logger log = LoggerFactory.getLogger(PartitionTasklet.class);
    private static final Duration RUN = Duration.ofSeconds(1);

    private final JobRun run;
    private final int number;
    private final DataFolder folder;
    private final JobRows jobs;
    private final PartitionRows partitions;
    private final TransactionTemplate newTransaction;
    private final ApplicationEventPublisher events;

    private @Nullable PartitionWork work;
    private int attempt;
    private Checkpoint committed = Checkpoint.START;

    PartitionTasklet(
            JobRun run,
            int number,
            DataFolder folder,
            JobRows jobs,
            PartitionRows partitions,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.run = run;
        this.number = number;
        this.folder = folder;
        this.jobs = jobs;
        this.partitions = partitions;
        this.newTransaction = new TransactionTemplate(transactions);
        this.newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.events = events;
    }

    @Override
    public void open(ExecutionContext context) throws ItemStreamException {
        context.putLong("partition", number);
        try {
            begin();
        } catch (IOException e) {
            throw new ItemStreamException("partition " + number + " can't be opened", e);
        }
    }

    /** Begins an attempt of its own, durably, before any of its files is made; goes on from what is committed. */
    private void begin() throws IOException {
        Partition row = newTransaction.execute(status -> partitions.begin(run.id(), number));
        if (row == null) {
            throw new IllegalStateException("partition " + number + " of " + run.id() + " is gone");
        }
        attempt = row.attempts();
        PartFiles earlier = new PartFiles(run.parts(), number, row.filesAttempt());
        PartFiles files = new PartFiles(run.parts(), number, attempt);
        work = PartitionWork.open(run.settings(), row.range(), row.checkpoint(), earlier, files);
        committed = work.checkpoint();
        if (!committed.equals(row.checkpoint())) {
            run.lost(row.checkpoint());
        }
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
        PartitionWork current = opened();
        if (current.finished()) {
            return RepeatStatus.FINISHED;
        }
        if (folder.full()) {
            JobError error = Failures.noSpace();
            throw new JobFailure(error.code(), error.detail());
        }
        String worker;
        try (Lease lease = run.share().claim()) {
            worker = lease.worker();
            if (run.live().stopping()) {
                return RepeatStatus.CONTINUABLE;
            }
            long begun = System.nanoTime();
            if (work(lease, current)) {
                run.worked(System.nanoTime() - begun, current.checkpoint().tasks() - committed.tasks());
            }
        } catch (ShareStoppedException stopped) {
            contribution.getStepExecution().setTerminateOnly();
            throw new JobInterruptedException("the job is stopping");
        } catch (WorkerLostException lost) {
            begin();
            current.handOver(opened());
            current.close();
            return RepeatStatus.CONTINUABLE;
        }
        commit(current, worker, contribution);
        return current.finished() ? RepeatStatus.FINISHED : RepeatStatus.CONTINUABLE;
    }

    /** A call that was stopped ends the run early, false; what was finished before it counts all the same. */
    private static boolean work(Lease lease, PartitionWork current) throws Exception {
        try {
            lease.run(context -> {
                current.run(context, RUN);
                return current;
            });
            return true;
        } catch (CallTimeoutException | WorkerCrashedException | CallTerminatedException stopped) {
            log.debug("a run ended early: {}", stopped.getMessage());
            return false;
        }
    }

    private void commit(PartitionWork current, String worker, StepContribution contribution) throws IOException {
        Checkpoint before = committed;
        Checkpoint after = current.checkpoint();
        if (current.finished()) {
            current.force();
        }
        State state = current.finished() ? State.DONE : State.RUNNING;
        partitions.commit(run.id(), number, attempt, worker, state, after);
        if (!run.live().proven() && after.tasks() > before.tasks()) {
            jobs.proven(run.id());
        }
        StepExecution execution = contribution.getStepExecution();
        execution.setReadCount(execution.getReadCount() + after.tasks() - before.tasks());
        contribution.incrementWriteCount(after.succeeded() - before.succeeded());
        committed = after;
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                run.committed(worker, before, after);
                events.publishEvent(new JobEvent.TasksCommitted(
                        run.id(),
                        run.job().model(),
                        after.succeeded() - before.succeeded(),
                        after.failed() - before.failed()));
            }
        });
    }

    private PartitionWork opened() {
        if (work == null) {
            throw new IllegalStateException("partition " + number + " is not open");
        }
        return work;
    }

    @Override
    public void close() throws ItemStreamException {
        if (work != null) {
            work.close();
        }
    }
}
