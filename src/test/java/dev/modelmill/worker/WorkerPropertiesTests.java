package dev.modelmill.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WorkerPropertiesTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void defaultsAreTheProcessorsAndTenMinutes() {
        runner.run(context -> {
            WorkerProperties properties = context.getBean(WorkerProperties.class);
            assertThat(properties.totalWorkers()).isEqualTo(Runtime.getRuntime().availableProcessors());
            assertThat(properties.modelIdleTimeout()).isEqualTo(Duration.ofMinutes(10));
        });
    }

    @Test
    void emptyWorkersAreTheDefault() {
        runner.withPropertyValues("modelmill.workers=")
                .run(context -> assertThat(
                                context.getBean(WorkerProperties.class).workers())
                        .isNull());
    }

    @Test
    void settingsAreBound() {
        runner.withPropertyValues("modelmill.workers=3", "modelmill.model-idle-timeout=90s")
                .run(context -> assertThat(context.getBean(WorkerProperties.class))
                        .isEqualTo(new WorkerProperties(3, Duration.ofSeconds(90))));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        runner.withPropertyValues("modelmill.workers=0")
                .run(context -> assertThat(context).hasFailed());
        runner.withPropertyValues("modelmill.model-idle-timeout=0s")
                .run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(WorkerProperties.class)
    static class Properties {}
}
