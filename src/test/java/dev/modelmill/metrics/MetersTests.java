package dev.modelmill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.log.EventLog;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.PoolStatus;
import dev.modelmill.worker.WorkerPools;
import dev.modelmill.worker.WorkerShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class MetersTests {

    private static final JobId JOB = new JobId("01k00000000000000000000000");
    private static final ModelVersion DIGITS = version("1");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    @Test
    void calledCountsCallAndItsTasks() {
        workers(List.of()).called(DIGITS, 256, Duration.ofMillis(20));

        assertThat(registry.get("modelmill.inference")
                        .tag("model", "digits")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(20);
        assertThat(registry.get("modelmill.batch.size")
                        .tag("model", "digits")
                        .summary()
                        .mean())
                .isEqualTo(256);
    }

    @Test
    void workersSumsVersionsOfModel() {
        PoolStatus one = pool(version("1"), 1, 2);
        PoolStatus two = pool(version("2"), 3, 4);

        workers(List.of(one, two)).modelLoaded(DIGITS, Duration.ofSeconds(3));

        assertThat(workersIn("idle")).isEqualTo(4);
        assertThat(workersIn("busy")).isEqualTo(6);
        assertThat(workersIn("starting")).isZero();
        assertThat(registry.get("modelmill.model.load").timer().count()).isEqualTo(1);
    }

    @Test
    void workerReplacedCountsByReason() {
        workers(List.of()).workerReplaced(DIGITS, "timeout");

        assertThat(registry.get("modelmill.worker.replaced")
                        .tag("reason", "timeout")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void jobEventsAndLogLinesAreCounted(@TempDir Path folder) {
        EventLogs logs = new EventLogs(1_000_000, Clock.systemUTC());
        JobMeters jobs = new JobMeters(meters, logs);

        jobs.ended(new JobEvent.JobEnded(JOB, JobStatus.FAILED));
        jobs.committed(new JobEvent.TasksCommitted(JOB, "digits", 5, 2));
        EventLog log = logs.open(JOB.value(), folder, 1);
        log.append(Instant.EPOCH, Level.WARN, "digits-1", "slow");
        logs.close();

        assertThat(count("modelmill.jobs.finished", "status", "FAILED")).isEqualTo(1);
        assertThat(count("modelmill.tasks", "outcome", "succeeded")).isEqualTo(5);
        assertThat(count("modelmill.tasks", "outcome", "failed")).isEqualTo(2);
        assertThat(count("modelmill.log.events", "level", "WARN")).isEqualTo(1);
    }

    @Test
    void noMeterHasJobIdAsTag(@TempDir Path folder) {
        jobEventsAndLogLinesAreCounted(folder);

        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTags())
                        .noneMatch(tag -> tag.getValue().equals(JOB.value())));
    }

    private double count(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }

    private double workersIn(String state) {
        return registry.get("modelmill.workers")
                .tag("model", "digits")
                .tag("state", state)
                .gauge()
                .value();
    }

    private WorkerMeters workers(List<PoolStatus> pools) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("pools", new FixedPools(pools));
        return new WorkerMeters(meters, beans.getBeanProvider(WorkerPools.class));
    }

    private static ModelVersion version(String version) {
        return new ModelVersion("digits", version, "sha256:abc", Path.of("digits"), ModelSettings.DEFAULTS, "f");
    }

    private static PoolStatus pool(ModelVersion model, int idle, int busy) {
        return new PoolStatus(model, PoolStatus.State.LOADED, 1.0, 1L, 8, idle, busy, 0, null);
    }

    private record FixedPools(List<PoolStatus> all) implements WorkerPools {

        @Override
        public WorkerShare share(String job, ModelVersion model, int maxWorkers, int priority) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<PoolStatus> status(ModelVersion model) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
