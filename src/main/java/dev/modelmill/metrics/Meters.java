package dev.modelmill.metrics;

import dev.modelmill.job.JobStatus;
import dev.modelmill.worker.WorkerStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Every meter of the service: its name, its tags and what it means. No job's id is a tag. Shared between threads; asking
 * twice for a meter gives the same one. {@code modelmill.sse.clients} belongs to the streams.
 */
@Component
class Meters {

    private static final String MODEL = "model";

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Tasks that have their outcome. */
    Counter tasks(String model, String outcome) {
        return Counter.builder("modelmill.tasks")
                .description("Tasks that have their outcome")
                .tag(MODEL, model)
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Jobs that have ended. */
    Counter jobsFinished(JobStatus status) {
        return Counter.builder("modelmill.jobs.finished")
                .description("Jobs that have ended")
                .tag("status", status.name())
                .register(registry);
    }

    /** Workers that were replaced. */
    Counter workerReplaced(String model, String reason) {
        return Counter.builder("modelmill.worker.replaced")
                .description("Workers that were replaced")
                .tag(MODEL, model)
                .tag("reason", reason)
                .register(registry);
    }

    /** What workers logged. */
    Counter logEvents(String level) {
        return Counter.builder("modelmill.log.events")
                .description("What workers logged")
                .tag("level", level)
                .register(registry);
    }

    /** Calls of a model. */
    Timer inference(String model) {
        return timer("modelmill.inference", "Calls of a model", model);
    }

    /** Loading a model, warm-up included. */
    Timer modelLoad(String model) {
        return timer("modelmill.model.load", "Loading a model, warm-up included", model);
    }

    private Timer timer(String name, String description, String model) {
        return Timer.builder(name)
                .description(description)
                .tag(MODEL, model)
                .publishPercentileHistogram()
                .register(registry);
    }

    /** Tasks of a call. */
    DistributionSummary batchSize(String model) {
        return DistributionSummary.builder("modelmill.batch.size")
                .description("Tasks of a call")
                .tag(MODEL, model)
                .register(registry);
    }

    /** Workers in a state. */
    void workers(String model, WorkerStatus.State state, Supplier<@Nullable Number> count) {
        Gauge.builder("modelmill.workers", count)
                .description("Workers by what they do")
                .tag(MODEL, model)
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .strongReference(true)
                .register(registry);
    }

    /** Jobs in a status that is no end. */
    void jobs(JobStatus status, Supplier<@Nullable Number> count) {
        Gauge.builder("modelmill.jobs", count)
                .description("Jobs that have not ended")
                .tag("status", status.name())
                .strongReference(true)
                .register(registry);
    }

    /** How long the job that waits longest has waited. */
    void oldestQueued(Supplier<@Nullable Number> seconds) {
        gauge("modelmill.jobs.oldest.queued", "How long the job that waits longest has waited", seconds, "seconds");
    }

    /** Partitions of running jobs that nobody works on yet. */
    void partitionsWaiting(Supplier<@Nullable Number> count) {
        gauge("modelmill.partitions.waiting", "Partitions of running jobs that wait", count, null);
    }

    private void gauge(String name, String description, Supplier<@Nullable Number> value, @Nullable String unit) {
        Gauge.builder(name, value)
                .description(description)
                .baseUnit(unit)
                .strongReference(true)
                .register(registry);
    }
}
