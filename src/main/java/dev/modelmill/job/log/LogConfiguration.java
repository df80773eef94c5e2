package dev.modelmill.job.log;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The event logs, and the appender that fills them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogProperties.class)
class LogConfiguration {

    @Bean
    EventLogs eventLogs(LogProperties properties, ObjectProvider<Clock> clock) {
        return new EventLogs(properties.maxLogSize().toBytes(), clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean(initMethod = "attach", destroyMethod = "detach")
    WorkerLogAppender workerLogAppender(EventLogs logs) {
        return new WorkerLogAppender(logs);
    }
}
