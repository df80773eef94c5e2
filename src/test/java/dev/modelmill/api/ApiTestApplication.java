package dev.modelmill.api;

import dev.modelmill.job.intake.JobIntake;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.speed.ModelSpeeds;
import dev.modelmill.job.store.InferenceJobs;
import dev.modelmill.job.store.JobProperties;
import dev.modelmill.model.ModelReference;
import dev.modelmill.model.ModelSettings;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Models;
import dev.modelmill.model.Signature;
import dev.modelmill.worker.PoolStatus;
import dev.modelmill.worker.WorkerPools;
import dev.modelmill.worker.WorkerProperties;
import dev.modelmill.worker.WorkerShare;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API over real rows and files, with one model that nobody runs. */
@SpringBootConfiguration
@ConditionalOnProperty("test.api")
@EnableAutoConfiguration(
        exclude = {
            BatchAutoConfiguration.class,
            BatchJdbcAutoConfiguration.class,
            BatchJobLauncherAutoConfiguration.class
        })
@EnableConfigurationProperties(JobProperties.class)
@ComponentScan(basePackageClasses = {JobController.class, InferenceJobs.class, JobIntake.class, ModelSpeeds.class})
class ApiTestApplication {

    static final ModelVersion DIGITS =
            new ModelVersion("digits", "2", "sha256:abc", Path.of("digits"), ModelSettings.DEFAULTS, "f");

    @Bean
    EventLogs eventLogs() {
        return new EventLogs(1_000_000, Clock.systemUTC());
    }

    @Bean
    WorkerProperties workerProperties() {
        return new WorkerProperties(4, Duration.ofMinutes(10));
    }

    @Bean
    Models models() {
        Models.Entry entry = new Models.Entry(
                "digits",
                "2",
                List.of("1", "2"),
                DIGITS,
                new Signature(List.of(), List.of(), Signature.Batching.NONE),
                null);
        return new OneModel(entry);
    }

    @Bean
    WorkerPools workerPools() {
        return new NoPools();
    }

    /** A repository of one model. */
    record OneModel(Entry entry) implements Models {

        @Override
        public List<Entry> all() {
            return List.of(entry);
        }

        @Override
        public Optional<Entry> find(ModelReference reference) {
            boolean found = reference.name().equals(entry.name())
                    && (reference.version() == null || reference.version().equals(entry.version()));
            return found ? Optional.of(entry) : Optional.empty();
        }
    }

    /** Pools that were never asked for. */
    static final class NoPools implements WorkerPools {

        @Override
        public WorkerShare share(String job, ModelVersion model, int maxWorkers, int priority) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<PoolStatus> status(ModelVersion model) {
            return Optional.empty();
        }

        @Override
        public List<PoolStatus> all() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    /** Stands for the room of the streams, which maps the same path, and for a method that fails. */
    @RestController
    @ConditionalOnProperty("test.api")
    static class Others {

        @GetMapping(
                path = "/jobs/{id}/progress",
                produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.ALL_VALUE})
        void stream(HttpServletResponse response) throws IOException {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.getOutputStream().write("event: end\n\n".getBytes(StandardCharsets.UTF_8));
        }

        @GetMapping("/fails")
        String fails() {
            throw new IllegalStateException("/secret/path of dev.modelmill.Secret");
        }

        @GetMapping("/full")
        String full() throws IOException {
            throw new UncheckedIOException(new IOException("/secret: No space left on device"));
        }

        @GetMapping("/breaks-off")
        void breaksOff(HttpServletResponse response) throws IOException {
            response.getOutputStream().write("begun".getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
            throw new IllegalStateException("half way");
        }
    }
}
