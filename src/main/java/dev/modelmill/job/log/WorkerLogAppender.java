package dev.modelmill.job.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.ReentryGuard;
import ch.qos.logback.core.util.ReentryGuardFactory;
import ch.qos.logback.core.util.ReentryGuardFactory.GuardType;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is logged by whatever library on a worker's thread to the event log of the worker's job. A thread works
 * for a job while its MDC has both {@link #JOB} and {@link #WORKER}. What goes wrong with an event harms neither the job
 * nor the one who logs: it is counted as lost, and now and then the service's own log says so. Shared by all threads.
 */
public final class WorkerLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** The key of the job's id in the MDC. */
    public static final String JOB = "job";

    /** The key of the worker's name in the MDC. */
    public static final String WORKER = "worker";

    private static final Logger LOG = LoggerFactory.getLogger(WorkerLogAppender.class);
    private static final long SILENCE = TimeUnit.MINUTES.toNanos(1);

    private final EventLogs logs;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - SILENCE);

    WorkerLogAppender(EventLogs logs) {
        this.logs = logs;
        setName("worker-logs");
    }

    /** Begins to hear of everything that is logged. */
    void attach() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            setContext(context);
            start();
            root(context).addAppender(this);
        } else {
            LOG.warn("Logs of workers are not collected: SLF4J is not bound to Logback");
        }
    }

    /** Hears nothing more. Safe twice and before {@link #attach}. */
    void detach() {
        if (getContext() instanceof LoggerContext context) {
            root(context).detachAppender(this);
        }
        stop();
    }

    private static ch.qos.logback.classic.Logger root(LoggerContext context) {
        return context.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    /** How many events could not be written. */
    public long lost() {
        return lost.get();
    }

    /** What is logged while an event is taken, a warning of ours among it, doesn't come back here. */
    @Override
    protected ReentryGuard buildReentryGuard() {
        return ReentryGuardFactory.makeGuard(GuardType.THREAD_LOCAL);
    }

    @Override
    protected void append(ILoggingEvent event) {
        Map<String, String> mdc = event.getMDCPropertyMap();
        String job = mdc.get(JOB);
        String worker = mdc.get(WORKER);
        if (job != null && worker != null) {
            logs.findOpen(job).ifPresent(log -> append(log, worker, event));
        }
    }

    private void append(EventLog log, String worker, ILoggingEvent event) {
        try {
            log.append(event.getInstant(), level(event.getLevel()), worker, LogMessages.of(event));
        } catch (RuntimeException problem) {
            lost.incrementAndGet();
            warn(problem);
        }
    }

    private static org.slf4j.event.Level level(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> org.slf4j.event.Level.ERROR;
            case Level.WARN_INT -> org.slf4j.event.Level.WARN;
            case Level.DEBUG_INT -> org.slf4j.event.Level.DEBUG;
            case Level.TRACE_INT -> org.slf4j.event.Level.TRACE;
            default -> org.slf4j.event.Level.INFO;
        };
    }

    private void warn(RuntimeException problem) {
        long last = lastWarning.get();
        long now = System.nanoTime();
        if (now - last >= SILENCE && lastWarning.compareAndSet(last, now)) {
            LOG.warn("{} events of workers could not be written to the logs of their jobs", lost.get(), problem);
        }
    }
}
