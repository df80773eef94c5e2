package dev.modelmill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchMeterFilterTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void install() {
        registry.config().meterFilter(new BatchMeterFilter());
    }

    @Test
    void mapFoldsPartitionsIntoTheirStep() {
        registry.counter("spring.batch.step", "spring.batch.step.name", "infer:00001")
                .increment();
        registry.counter("spring.batch.step", "spring.batch.step.name", "infer:00002")
                .increment();

        assertThat(registry.getMeters()).hasSize(1);
        assertThat(registry.get("spring.batch.step")
                        .tag("spring.batch.step.name", "infer")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void mapLeavesOthersAlone() {
        registry.counter("spring.batch.step", "spring.batch.step.name", "plan");
        registry.counter("other", "name", "infer:1");

        assertThat(registry.find("spring.batch.step")
                        .tag("spring.batch.step.name", "plan")
                        .counter())
                .isNotNull();
        assertThat(registry.find("other").tag("name", "infer:1").counter()).isNotNull();
    }
}
