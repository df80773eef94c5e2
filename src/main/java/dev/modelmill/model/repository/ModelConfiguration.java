package dev.modelmill.model.repository;

import dev.modelmill.model.ModelRuntime;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the model repository, scanned before anybody can ask it, and its threads. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelProperties.class)
class ModelConfiguration {

    private static final int READERS = 2;

    /**
     * Two, so that a small model need not wait for a large one to be hashed. No default candidate: Spring Boot still makes
     * its own executor, and nobody gets this one by type.
     */
    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    ExecutorService modelReaders() {
        return Executors.newFixedThreadPool(READERS, DaemonThreads.named("model-reader"));
    }

    @Bean
    ModelRepository modelRepository(
            ModelProperties properties,
            List<ModelRuntime> runtimes,
            @Qualifier("modelReaders") ExecutorService modelReaders) {
        ModelRepository repository =
                new ModelRepository(properties.modelsDir(), runtimes, Clock.systemUTC(), modelReaders);
        repository.scan();
        return repository;
    }

    @Bean(initMethod = "start")
    ModelWatcher modelWatcher(ModelRepository repository) {
        return new ModelWatcher(repository::tick);
    }
}
