package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

class DataFolderEnvironmentTests {

    @Test
    void postProcessWhenTheFolderIsRelativeMakesItAbsolute() {
        MockEnvironment environment = new MockEnvironment().withProperty("modelmill.data-dir", "some/../data");
        new DataFolderEnvironment().postProcessEnvironment(environment, new SpringApplication());
        assertThat(environment.getProperty(DataFolderEnvironment.DATA_FOLDER))
                .isEqualTo(Path.of("data").toAbsolutePath().toString());
    }

    @Test
    void defaultsWhenNothingIsSetAreThoseOfTheFile() {
        try (ConfigurableApplicationContext context = start()) {
            Environment environment = context.getEnvironment();
            JobProperties jobs = Binder.get(environment)
                    .bind("modelmill", JobProperties.class)
                    .get();
            assertThat(jobs.dataDir()).isEqualTo(Path.of("elsewhere"));
            assertThat(jobs.inputRoots()).containsExactly(Path.of("input"), Path.of("examples"));
            assertThat(jobs.outputRoots()).containsExactly(Path.of("output"));
            assertThat(jobs.maxRunningJobs()).isEqualTo(64);
            assertThat(jobs.maxRequestSize()).isEqualTo(DataSize.ofGigabytes(10));
            assertThat(jobs.maxJsonSize()).isEqualTo(DataSize.ofMegabytes(64));
            assertThat(jobs.maxTaskSize()).isEqualTo(DataSize.ofMegabytes(16));
            assertThat(jobs.maxLogSize()).isEqualTo(DataSize.ofMegabytes(256));
            assertThat(jobs.retention()).isEqualTo(Duration.ofDays(30));
        }
    }

    @Test
    void databaseWhenTheFolderIsSetLiesInIt() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getEnvironment().getProperty("spring.datasource.url"))
                    .startsWith("jdbc:h2:async:" + Path.of("elsewhere").toAbsolutePath() + "/modelmill;WRITE_DELAY=0");
        }
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run("--modelmill.data-dir=elsewhere");
    }

    /** An application without beans. */
    static final class Nothing {}
}
