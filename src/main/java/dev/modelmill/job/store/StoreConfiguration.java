package dev.modelmill.job.store;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeping jobs needs beside the rows and the folder. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Has those who cancel, restart, delete or enter the same job go one after the other. */
    @Bean
    Turns jobTurns() {
        return new Turns(PATIENCE);
    }

    /** The time of day, in UTC. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
