package dev.modelmill.api;

import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobProperties;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has uploads arrive in the data folder, so that taking them in is a rename and nothing is written elsewhere. */
@Configuration(proxyBeanMethods = false)
class UploadConfiguration {

    /** Every part is a file from its first byte: Tomcat leaves a file behind whose first write fails, so none holds more. */
    private static final int IN_MEMORY = 0;

    @Bean
    MultipartConfigElement multipartConfigElement(DataFolder folder, JobProperties properties) {
        long file = properties.maxRequestSize().toBytes();
        long job = properties.maxJsonSize().toBytes();
        return new MultipartConfigElement(folder.incoming().toString(), file, file + job, IN_MEMORY);
    }
}
