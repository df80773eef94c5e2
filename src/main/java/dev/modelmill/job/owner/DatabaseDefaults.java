package dev.modelmill.job.owner;

import java.util.Locale;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * What only one kind of database needs, and so can't be a default of the configuration file, where nothing else is set: for
 * H2 its customary user {@code sa}, which must not go to a PostgreSQL whose URL says who asks; for PostgreSQL an end of
 * waiting for a server that has vanished without a word.
 */
final class DatabaseDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String USERNAME = "spring.datasource.username";
    private static final String DRIVER = "spring.datasource.hikari.data-source-properties.";
    private static final Map<String, Object> TIMEOUTS =
            Map.of(DRIVER + "connectTimeout", "10", DRIVER + "socketTimeout", "30", DRIVER + "tcpKeepAlive", "true");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String url = environment.getProperty("spring.datasource.url", "").toUpperCase(Locale.ROOT);
        boolean named = url.contains(";USER=") || StringUtils.hasText(environment.getProperty(USERNAME));
        if (url.startsWith("JDBC:H2:") && !named) {
            environment.getPropertySources().addFirst(new MapPropertySource("databaseUser", Map.of(USERNAME, "sa")));
        }
        if (url.startsWith("JDBC:POSTGRESQL:")) {
            environment.getPropertySources().addLast(new MapPropertySource("databaseTimeouts", TIMEOUTS));
        }
    }

    /** After the configuration files and the data folder, which is part of the URL. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
