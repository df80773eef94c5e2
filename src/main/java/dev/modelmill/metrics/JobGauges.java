package dev.modelmill.metrics;

import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.PartitionRows;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gauges of what waits and runs, by the rows, at most one query a second each. */
@Component
class JobGauges {

    JobGauges(Meters meters, JobRows jobs, PartitionRows partitions, Clock clock) {
        Cached<Map<JobStatus, Long>> counts = new Cached<>(jobs::counts, System::nanoTime);
        for (JobStatus status : JobStatus.NOT_ENDED) {
            meters.jobs(status, number(counts, all -> all.getOrDefault(status, 0L)));
        }
        meters.oldestQueued(number(new Cached<>(() -> waited(jobs, clock), System::nanoTime), seconds -> seconds));
        meters.partitionsWaiting(number(new Cached<>(partitions::waiting, System::nanoTime), count -> count));
    }

    /** In seconds; 0 where none waits. */
    private static double waited(JobRows jobs, Clock clock) {
        return jobs.oldestQueued()
                .map(since ->
                        Math.max(0, Duration.between(since, clock.instant()).toMillis()) / 1000.0)
                .orElse(0.0);
    }

    /** What is unknown is null, which a gauge shows as NaN. */
    private static <T> Supplier<@Nullable Number> number(Cached<T> answer, Function<T, Number> part) {
        return () -> {
            T known = answer.get();
            return known == null ? null : part.apply(known);
        };
    }
}
