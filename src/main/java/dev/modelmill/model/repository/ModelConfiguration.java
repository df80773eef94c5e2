package dev.modelmill.model.repository;

import dev.modelmill.model.ModelRuntime;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the model repository, scanned before anybody can ask it, and its threads. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelProperties.class)
class ModelConfiguration {

    @Bean
    ModelReaders modelReaders() {
        return new ModelReaders();
    }

    @Bean
    ModelRepository modelRepository(ModelProperties properties, List<ModelRuntime> runtimes, ModelReaders readers) {
        ModelRepository repository =
                new ModelRepository(properties.modelsDir(), runtimes, Clock.systemUTC(), readers.executor());
        repository.scan();
        return repository;
    }

    @Bean(initMethod = "start")
    ModelWatcher modelWatcher(ModelRepository repository) {
        return new ModelWatcher(repository::tick);
    }
}
