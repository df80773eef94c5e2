package dev.modelmill.api;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has the paths of jobs wait for the start of the service, also those of other rooms. */
@Configuration(proxyBeanMethods = false)
class StartingConfiguration implements WebMvcConfigurer {

    private final ApplicationAvailability availability;

    StartingConfiguration(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new StartingInterceptor(availability)).addPathPatterns("/jobs", "/jobs/**");
    }
}
