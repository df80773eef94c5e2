package dev.modelmill.worker;

import dev.modelmill.model.Batch;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Signature;
import java.util.function.Supplier;

/** What a {@link WorkerTask} sees of its worker. Confined to the worker's thread and the time of the run. */
public interface WorkerContext {

    /** Key of the logging context (MDC) that holds the id of the job a worker serves, from its claim to its release. */
    String MDC_JOB = "job";

    /** Key of the logging context (MDC) that holds the worker's name, set together with {@link #MDC_JOB}. */
    String MDC_WORKER = "worker";

    /** The worker's name, {@code digits-1}. */
    String name();

    /** What the worker's model takes and gives. */
    Signature signature();

    /**
     * Runs the model on a batch under the model's {@code timeout}; timed for the metrics. Blocks until the call is done.
     * The outputs are to be closed before the next call.
     *
     * @throws dev.modelmill.model.ModelException if the model refuses the batch
     * @throws CallTimeoutException if it took longer than the model's {@code timeout} and was stopped
     * @throws WorkerCrashedException if the worker broke; it is replaced when its lease is closed
     * @throws dev.modelmill.model.CallTerminatedException if the job or the service is stopping
     */
    Outputs call(Batch batch);

    /**
     * Whether the run should end at the next window: another job waits for this worker and the run has lasted 50 ms, the
     * share is stopping, or the worker is to be replaced. Cheap; to be asked once a window.
     */
    boolean yieldRequested();

    /**
     * Buffers that belong to the worker and are reused by its runs; made by the first that asks. They go with the worker
     * when it is given up, so nobody meets them again.
     */
    <S extends AutoCloseable> S scratch(Class<S> type, Supplier<S> maker);
}
