package dev.modelmill.job.store;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where jobs are kept and what they may take. The defaults are in {@code application.yml}.
 *
 * @param dataDir the folder of everything that the service keeps
 * @param inputRoots the folders under which the input paths of jobs must lie
 * @param outputRoots the folders under which their output paths must lie
 * @param maxRunningJobs most jobs that run at a time; more wait
 * @param maxRequestSize most bytes of an upload
 * @param maxJsonSize most bytes of a JSON body
 * @param maxTaskSize most bytes of one task
 * @param maxLogSize most bytes of log kept for a job
 * @param retention how long a job and its files are kept after its end
 */
@Validated
@ConfigurationProperties("modelmill")
public record JobProperties(
        @NotNull Path dataDir,
        @NotNull List<Path> inputRoots,
        @NotNull List<Path> outputRoots,
        @Positive int maxRunningJobs,
        @NotNull DataSize maxRequestSize,
        @NotNull DataSize maxJsonSize,
        @NotNull DataSize maxTaskSize,
        @NotNull DataSize maxLogSize,
        @NotNull Duration retention) {

    /** Copies the lists, and refuses a time that would delete jobs before they end. */
    public JobProperties {
        if (retention != null && retention.isNegative()) {
            throw new IllegalArgumentException("modelmill.retention must not be negative, got " + retention);
        }
        inputRoots = List.copyOf(inputRoots);
        outputRoots = List.copyOf(outputRoots);
    }
}
