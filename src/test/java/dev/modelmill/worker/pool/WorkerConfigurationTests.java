package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.FakeRuntime;
import dev.modelmill.worker.WorkerListener;
import dev.modelmill.worker.WorkerPools;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

class WorkerConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(WorkerConfiguration.class);

    @Test
    void poolsUseTheRuntimesAndTellTheListenersEvenThoseThatLookAtThePools() {
        runner.withUserConfiguration(Beans.class).run(context -> {
            WorkerPools pools = context.getBean(WorkerPools.class);
            pools.share("a", aModel("digits").runtime("fake").build(), 1, 5)
                    .claim()
                    .close();
            assertThat(context.getBean(Watcher.class).loaded).containsExactly("digits");
        });
    }

    @Test
    void poolsAreClosedWithTheContext() {
        FakeRuntime[] runtime = new FakeRuntime[1];
        runner.withUserConfiguration(Beans.class).run(context -> {
            runtime[0] = context.getBean(FakeRuntime.class);
            context.getBean(WorkerPools.class)
                    .share("a", aModel("digits").runtime("fake").build(), 1, 5)
                    .claim()
                    .close();
        });
        assertThat(runtime[0].openModels()).isZero();
    }

    @Test
    void poolsStartWithoutRuntimes() {
        runner.withPropertyValues("modelmill.workers=2")
                .run(context -> assertThat(context.getBean(WorkerPools.class)
                                .share("a", aModel("digits").build(), 9, 5)
                                .maxWorkers())
                        .isEqualTo(2));
    }

    static class Beans {

        @Bean
        FakeRuntime fakeRuntime() {
            return new FakeRuntime("fake");
        }

        @Bean
        Watcher watcher(WorkerPools pools) {
            return new Watcher(pools);
        }
    }

    static final class Watcher implements WorkerListener {

        final List<String> loaded = new CopyOnWriteArrayList<>();
        private final WorkerPools pools;

        Watcher(WorkerPools pools) {
            this.pools = pools;
        }

        @Override
        public void modelLoaded(ModelVersion model, Duration took) {
            assertThat(pools.status(model)).isPresent();
            loaded.add(model.name());
        }
    }
}
