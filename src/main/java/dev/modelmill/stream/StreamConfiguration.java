package dev.modelmill.stream;

import dev.modelmill.job.log.EventLogs;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The open streams, told of news in the logs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class StreamConfiguration {

    @Bean
    ProgressStreams progressStreams(WatchedJobs jobs, EventLogs logs, JsonMapper mapper) {
        ProgressStreams streams = new ProgressStreams(jobs, logs, mapper, StreamSettings.DEFAULTS);
        logs.addListener(streams);
        return streams;
    }
}
