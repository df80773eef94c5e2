package dev.modelmill.model.onnx;

import static dev.modelmill.model.Tensors.floats;
import static dev.modelmill.model.Tensors.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.TensorBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TerminationTests {

    private static final TensorBatch BATCH = new TensorBatch(1, List.of(floats("x", shape(1, 1), 1)));

    @TempDir
    Path root;

    @Test
    void terminateWhenACallRunsEndsIt() throws Exception {
        try (LoadedModel model = load(Long.MAX_VALUE);
                ModelInstance instance = model.open("m-1")) {
            CompletableFuture<Outputs> call = CompletableFuture.supplyAsync(() -> instance.run(BATCH));

            assertThatThrownBy(() -> terminateUntilDone(instance, call))
                    .hasCauseInstanceOf(CallTerminatedException.class);
        }
    }

    /** A call that has not begun yet is not under way, so one request may come too early. */
    private static Outputs terminateUntilDone(ModelInstance instance, CompletableFuture<Outputs> call)
            throws InterruptedException, ExecutionException {
        while (true) {
            instance.terminate();
            try {
                return call.get(10, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void terminateWhenNoCallRunsLeavesTheNextOneAlone() {
        try (LoadedModel model = load(3);
                ModelInstance instance = model.open("m-1")) {
            instance.terminate();
            assertThat(resultOf(instance)).containsExactly(4);
            instance.terminate();
            assertThat(resultOf(instance)).containsExactly(4);
        }
    }

    @Test
    void terminateWhenOneOfTwoInstancesRunsLeavesTheOtherAlone() {
        try (LoadedModel model = load(100_000);
                ModelInstance stopped = model.open("m-1");
                ModelInstance other = model.open("m-2")) {
            CompletableFuture<float[]> result = CompletableFuture.supplyAsync(() -> resultOf(other));
            while (!result.isDone()) {
                stopped.terminate();
                Thread.onSpinWait();
            }
            assertThat(result.join()).containsExactly(100_001);
        }
    }

    @Test
    void runWhenTheCallBeforeWasTerminatedWorks() throws Exception {
        try (LoadedModel model = load(1_000_000);
                ModelInstance instance = model.open("m-1")) {
            CompletableFuture<Outputs> call = CompletableFuture.supplyAsync(() -> instance.run(BATCH));
            assertThatThrownBy(() -> terminateUntilDone(instance, call))
                    .hasCauseInstanceOf(CallTerminatedException.class);

            assertThat(resultOf(instance)).containsExactly(1_000_001);
        }
    }

    private static float[] resultOf(ModelInstance instance) {
        try (Outputs outputs = instance.run(BATCH)) {
            return floats(outputs.columns().get(0));
        }
    }

    private LoadedModel load(long times) {
        return new ModelsFolder(root).with("m", OnnxFiles.loop(times)).load("m");
    }
}
