package dev.modelmill.job.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

/** Tests of {@link LogConfiguration} and {@link LogProperties}. */
class LogConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(LogConfiguration.class);

    @Test
    void maxLogSizeWhenNotSetIs256Megabytes() {
        runner.run(context ->
                assertThat(context.getBean(LogProperties.class).maxLogSize()).isEqualTo(DataSize.ofMegabytes(256)));
    }

    @Test
    void maxLogSizeIsRead() {
        runner.withPropertyValues("modelmill.max-log-size=3KB")
                .run(context -> assertThat(context.getBean(LogProperties.class).maxLogSize())
                        .isEqualTo(DataSize.ofKilobytes(3)));
    }

    @Test
    void maxLogSizeWhenNothingIsRefused() {
        runner.withPropertyValues("modelmill.max-log-size=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("modelmill.max-log-size must be greater than 0"));
    }

    @Test
    void appenderIsAttachedAsLongAsTheContextLives() {
        runner.run(context -> {
            WorkerLogAppender appender = context.getBean(WorkerLogAppender.class);
            assertThat(root().isAttached(appender)).isTrue();
            context.close();
            assertThat(root().isAttached(appender)).isFalse();
        });
    }

    private static ch.qos.logback.classic.Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
