package dev.modelmill.worker.pool;

import dev.modelmill.worker.WorkerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The logging context of whoever speaks for a worker that serves a job: the one place where it is set and cleared. */
final class ClaimLog {

    private ClaimLog() {}

    /** Runs the action with job and worker in the logging context. */
    static void within(String job, String worker, Runnable action) {
        String outerJob = MDC.get(WorkerContext.MDC_JOB);
        String outerWorker = MDC.get(WorkerContext.MDC_WORKER);
        set(job, worker);
        try {
            action.run();
        } finally {
            set(outerJob, outerWorker);
        }
    }

    private static void set(@Nullable String job, @Nullable String worker) {
        put(WorkerContext.MDC_JOB, job);
        put(WorkerContext.MDC_WORKER, worker);
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
