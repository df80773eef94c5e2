package dev.modelmill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.speed.ModelSpeed;
import dev.modelmill.model.ElementType;
import dev.modelmill.model.InputSpec;
import dev.modelmill.model.Models;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.model.Signature;
import dev.modelmill.worker.PoolStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelViewTests {

    private static final Signature SIGNATURE = new Signature(
            List.of(new InputSpec(
                    "pixels", ElementType.FLOAT32, List.of(-1L, 64L), List.of(64L), InputSpec.Source.BY_NAME)),
            List.of(new OutputSpec("output_label", "label", "int64", ElementType.INT64, List.of(-1L))),
            Signature.Batching.DYNAMIC);

    private static final Models.Entry ENTRY =
            new Models.Entry("digits", "2", List.of("1", "2"), ApiTestApplication.DIGITS, SIGNATURE, null);

    @Test
    void ofWhenLoadedShowsItsPool() {
        PoolStatus pool = new PoolStatus(ApiTestApplication.DIGITS, PoolStatus.State.LOADED, 3.1, 7L, 2, 1, 1, 0, null);

        ModelView view = ModelView.of(ENTRY, pool, null, 8);

        assertThat(view.state()).isEqualTo(PoolStatus.State.LOADED);
        assertThat(view.workers()).isEqualTo(new ModelView.Workers(2, 1, 1));
        assertThat(view.loadSeconds()).isEqualTo(3.1);
        assertThat(view.batchSize()).isNull();
        assertThat(view.inputs()).containsExactly(new ModelView.Tensor("pixels", "float32", List.of(-1L, 64L)));
        assertThat(view.outputs()).containsExactly(new ModelView.Tensor("label", "int64", List.of(-1L)));
    }

    @Test
    void ofWhenMeasuredShowsBatchSizeAndSpeedOfOneWorker() {
        ModelView view = ModelView.of(ENTRY, null, new ModelSpeed(256, 0.004), 8);

        assertThat(view.batchSize()).isEqualTo(256);
        assertThat(view.tasksPerSecond()).isEqualTo(250);
        assertThat(ModelView.of(ENTRY, null, new ModelSpeed(64, 0), 8).tasksPerSecond())
                .isNull();
    }

    @Test
    void ofWhenLoadingFailedShowsWhy() {
        PoolStatus pool =
                new PoolStatus(ApiTestApplication.DIGITS, PoolStatus.State.ERROR, null, null, 2, 0, 0, 0, "no memory");

        ModelView view = ModelView.of(ENTRY, pool, null, 8);

        assertThat(view.state()).isEqualTo(PoolStatus.State.ERROR);
        assertThat(view.error()).isEqualTo("no memory");
    }

    @Test
    void ofWhenBrokenIsErrorWithUnknowns() {
        Models.Entry broken = new Models.Entry("digits", "1", List.of("1"), null, null, "model.yml: line 3: what");

        ModelView view = ModelView.of(broken, null, null, 8);

        assertThat(view.state()).isEqualTo(PoolStatus.State.ERROR);
        assertThat(view.error()).isEqualTo("model.yml: line 3: what");
        assertThat(view.runtime()).isNull();
        assertThat(view.inputs()).isNull();
    }
}
