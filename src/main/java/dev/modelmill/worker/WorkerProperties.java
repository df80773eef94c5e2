package dev.modelmill.worker;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many workers there are and how long a model stays in memory.
 *
 * @param workers workers over all models at a time; not set: as many as the machine has processors
 * @param modelIdleTimeout how long a model that no job uses stays in memory
 */
@Validated
@ConfigurationProperties("modelmill")
public record WorkerProperties(
        @Nullable @Min(1) Integer workers,
        @DefaultValue("10m") @DurationMin(millis = 1) Duration modelIdleTimeout) {

    /** Workers over all models at a time. */
    public int totalWorkers() {
        return workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    }
}
