package dev.modelmill.job.owner;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What a service owns and how long it waits for it. The defaults are in {@code application.yml}.
 *
 * @param dataDir the folder of everything that the service keeps
 * @param takeoverWait how long a second service waits for the first one's end; zero refuses at once
 */
@Validated
@ConfigurationProperties("modelmill")
record OwnerProperties(
        @NotNull Path dataDir,

        @NotNull @DurationMin(message = "must not be negative")
        Duration takeoverWait) {}
