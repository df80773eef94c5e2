package dev.modelmill.model.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ModelReference;
import dev.modelmill.model.Models;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ModelConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(ModelConfiguration.class)
            .withBean(FakeRuntime.class, FakeRuntime::new);

    @Test
    void modelsDirWhenNotSaidIsModels() {
        runner.run(context -> {
            assertThat(context.getBean(ModelProperties.class).modelsDir()).isEqualTo(Path.of("models"));
            assertThat(context.getBean(Models.class)
                            .await(ModelReference.parse("digits"), Duration.ofSeconds(20))
                            .orElseThrow()
                            .signature())
                    .isNotNull();
        });
    }

    @Test
    void modelsDirWhenSaidIsReadInstead() {
        runner.withPropertyValues("modelmill.models-dir=nowhere")
                .run(context -> assertThat(context.getBean(Models.class).all()).isEmpty());
    }

    @Test
    void threadsOfModelsAreNobodysExecutor() {
        runner.run(context -> assertThat(context).doesNotHaveBean(Executor.class));
    }
}
