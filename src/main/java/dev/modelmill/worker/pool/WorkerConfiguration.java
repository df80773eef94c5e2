package dev.modelmill.worker.pool;

import dev.modelmill.model.ModelRuntime;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerPools;
import dev.modelmill.worker.WorkerProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the {@link WorkerPools}, with all runtimes and listeners that there are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerProperties.class)
class WorkerConfiguration {

    @Bean(destroyMethod = "close")
    WorkerPools workerPools(
            WorkerProperties properties,
            ObjectProvider<ModelRuntime> runtimes,
            ObjectProvider<WorkerListener> listeners) {
        Timing timing = Timing.standard(properties.modelIdleTimeout());
        return new ThreadedWorkerPools(
                        runtimes.orderedStream().toList(),
                        () -> listeners.orderedStream().toList(),
                        properties.totalWorkers(),
                        timing)
                .start();
    }
}
