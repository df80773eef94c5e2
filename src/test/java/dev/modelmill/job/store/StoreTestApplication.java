package dev.modelmill.job.store;

import dev.modelmill.job.JobEvent;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.model.ModelReference;
import dev.modelmill.model.Models;
import dev.modelmill.model.repository.ManualClock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;

/** The rooms of the store over real rows and files, with a clock that a test steps; nothing runs jobs. */
@SpringBootConfiguration
@ConditionalOnProperty("test.store")
@EnableAutoConfiguration(
        exclude = {
            BatchAutoConfiguration.class,
            BatchJdbcAutoConfiguration.class,
            BatchJobLauncherAutoConfiguration.class
        })
@EnableConfigurationProperties(JobProperties.class)
@ComponentScan(basePackageClasses = InferenceJobs.class)
class StoreTestApplication {

    static ConfigurableApplicationContext start(Path data, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--test.store=true", "--modelmill.data-dir=" + data));
        return new SpringApplicationBuilder(StoreTestApplication.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(all.toArray(String[]::new));
    }

    @Bean
    @Primary
    ManualClock manualClock() {
        return new ManualClock();
    }

    @Bean
    EventLogs eventLogs(Clock clock) {
        return new EventLogs(1_000_000, clock);
    }

    @Bean
    Models models() {
        return new NoModels();
    }

    @Bean
    Told told() {
        return new Told();
    }

    /** What was told of jobs, in order. */
    static final class Told {

        private final List<JobEvent> events = new CopyOnWriteArrayList<>();

        @EventListener
        void on(JobEvent event) {
            events.add(event);
        }

        List<JobEvent> events() {
            return List.copyOf(events);
        }
    }

    /** A repository without models. */
    static final class NoModels implements Models {

        @Override
        public List<Entry> all() {
            return List.of();
        }

        @Override
        public Optional<Entry> find(ModelReference reference) {
            return Optional.empty();
        }
    }
}
