package dev.modelmill.stream;

import dev.modelmill.job.log.BadLogQueryException;
import dev.modelmill.job.log.EventLog;
import dev.modelmill.job.log.EventLogs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.event.Level;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.json.JsonMapper;

/** A web server with the progress stream alone, and one job in a folder. */
final class StreamServer implements AutoCloseable {

    static final String JOB = "01kjob";

    private final FakeJobs jobs;
    private final EventLogs logs = new EventLogs(1L << 30, Clock.systemUTC());
    private final Path folder;
    private final ServletWebServerApplicationContext context;

    StreamServer(Path folder, StreamSettings settings) {
        this.folder = folder;
        this.jobs = new FakeJobs(folder);
        jobs.put(JOB, "RUNNING", 0);
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Room.class)
                .web(WebApplicationType.SERVLET)
                .initializers(beans -> {
                    beans.getBeanFactory().registerSingleton("jobs", jobs);
                    beans.getBeanFactory().registerSingleton("logs", logs);
                    beans.getBeanFactory().registerSingleton("settings", settings);
                })
                .properties(
                        "test.stream=true",
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.lifecycle.timeout-per-shutdown-phase=8s",
                        "spring.config.location=optional:classpath:/none/",
                        "spring.jackson.serialization.indent-output=true",
                        "spring.main.banner-mode=off",
                        "logging.level.root=INFO")
                .run();
    }

    FakeJobs jobs() {
        return jobs;
    }

    ProgressStreams streams() {
        return context.getBean(ProgressStreams.class);
    }

    EventLog open(int run) {
        return logs.open(JOB, folder, run);
    }

    EventLogs logs() {
        return logs;
    }

    static void log(EventLog log, String message) {
        log.append(Instant.now(), Level.INFO, "digits-1", message);
    }

    int port() {
        return context.getWebServer().getPort();
    }

    URI uri(String query) {
        return URI.create("http://127.0.0.1:" + port() + "/jobs/" + JOB + "/progress" + query);
    }

    @Override
    public void close() {
        context.close();
        logs.close();
    }

    /** The room under test with what it needs from others. */
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    @Import({ProgressStream.class, JsonVariant.class, Problems.class})
    static class Room {

        @Bean
        ProgressStreams progressStreams(WatchedJobs jobs, EventLogs logs, JsonMapper mapper, StreamSettings settings) {
            ProgressStreams streams = new ProgressStreams(jobs, logs, mapper, settings);
            logs.addListener(streams);
            return streams;
        }

        /** Small buffers, so that a client which doesn't read is noticed after kilobytes instead of megabytes. */
        @Bean
        TomcatConnectorCustomizer smallBuffers() {
            return connector -> connector.setProperty("socket.txBufSize", "16384");
        }
    }

    /** The same path in JSON, as the REST room has it. */
    @RestController
    @ConditionalOnProperty("test.stream")
    static class JsonVariant {

        @GetMapping(path = "/jobs/{id}/progress", produces = MediaType.APPLICATION_JSON_VALUE)
        Map<String, String> job(@PathVariable String id) {
            return Map.of("id", id);
        }
    }

    /** Problems, as the REST room maps them. */
    @RestControllerAdvice
    @ConditionalOnProperty("test.stream")
    static class Problems extends ResponseEntityExceptionHandler {

        @ExceptionHandler
        ProblemDetail badQuery(BadLogQueryException problem) {
            return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, problem.getMessage());
        }
    }
}
