package dev.modelmill.job.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.env.MockEnvironment;

class DatabaseDefaultsTests {

    @Test
    void userWhenTheDatabaseIsH2IsSa() {
        assertThat(user("jdbc:h2:async:/srv/modelmill")).isEqualTo("sa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:/srv/modelmill;user=me", "jdbc:postgresql://db/jobs?user=me"})
    void userWhenTheUrlSaysItIsNotSet(String url) {
        assertThat(user(url)).isNull();
    }

    @Test
    void userWhenItIsSetStays() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:h2:/srv/modelmill")
                .withProperty("spring.datasource.username", "me");
        new DatabaseDefaults().postProcessEnvironment(environment, new SpringApplication());
        assertThat(environment.getProperty("spring.datasource.username")).isEqualTo("me");
    }

    @Test
    void defaultsWhenNothingIsSetAreThoseOfTheFile() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run()) {
            assertThat(context.getEnvironment().getProperty("spring.datasource.username"))
                    .isEqualTo("sa");
            OwnerProperties properties = Binder.get(context.getEnvironment())
                    .bind("modelmill", OwnerProperties.class)
                    .get();
            assertThat(properties.takeoverWait()).isEqualTo(Duration.ofSeconds(60));
        }
    }

    @Test
    void timeoutsAreThoseOfPostgresAloneAndMayBeSet() {
        String timeout = "spring.datasource.hikari.data-source-properties.socketTimeout";
        MockEnvironment environment =
                new MockEnvironment().withProperty("spring.datasource.url", "jdbc:postgresql://db/jobs");
        new DatabaseDefaults().postProcessEnvironment(environment, new SpringApplication());
        assertThat(environment.getProperty(timeout)).isEqualTo("30");
        environment.setProperty(timeout, "5");
        assertThat(environment.getProperty(timeout)).isEqualTo("5");
        MockEnvironment h2 = new MockEnvironment().withProperty("spring.datasource.url", "jdbc:h2:/srv/modelmill");
        new DatabaseDefaults().postProcessEnvironment(h2, new SpringApplication());
        assertThat(h2.getProperty(timeout)).isNull();
    }

    private static @Nullable String user(String url) {
        MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.url", url);
        new DatabaseDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty("spring.datasource.username");
    }

    /** An application without beans. */
    static final class Nothing {}
}
