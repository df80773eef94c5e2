package dev.modelmill.job.store;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeping jobs needs beside the rows and the folder. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /** The time of day, in UTC. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
