package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.onnx.OnnxFiles;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** SIGTERM while a load and a call hang that would take minutes: the service ends in time all the same, and both jobs go on. */
class HangingTerminationProcessTests {

    private final Site site = Site.create();

    @BeforeEach
    void writeModels() {
        new ModelsFolder(site.folder().resolve("models"))
                .with("loads", OnnxFiles.slowToLoad(3_000, 400), "start-timeout: 10m")
                .with("hangs", OnnxFiles.loopByInput(), "timeout: 10m", "batch-size: 1");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void serviceEndsInTimeAndItsJobsGoOnWhenItIsTerminatedWhileALoadAndACallHang() {
        ServiceProcess service = site.start().ready();
        String hangs = submit(service.api(), "hangs", "{\"times\": 4000000000000000000}");
        awaitWorker(service.api(), hangs, "busy");
        String loads = submit(service.api(), "loads", "{\"x\": 1}");
        awaitWorker(service.api(), loads, "starting");
        service.terminate();
        assertThat(service.log()).contains("loading model loads:1");
        assertThat(service.log().lines().filter(line -> line.contains("loaded in ")))
                .as("only the model whose call hangs")
                .hasSize(1);
        Api next = site.start().ready().api();
        assertThat(Ledger.status(next.job(hangs))).isEqualTo("RUNNING");
        assertThat(Ledger.status(next.job(loads))).isEqualTo("RUNNING");
    }

    private static String submit(Api api, String model, String task) {
        return api.post(
                        "/jobs",
                        "{\"model\": \"" + model + "\", \"workers\": 1, \"input\": {\"tasks\": [" + task + "]}}")
                .ok()
                .json()
                .get("id")
                .asString();
    }

    private static void awaitWorker(Api api, String id, String state) {
        Awaitility.await("a worker that is " + state)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> api.job(id).get("workers"),
                        workers -> workers.valueStream()
                                .map(worker -> worker.get("state"))
                                .map(JsonNode::asString)
                                .anyMatch(state::equals));
    }
}
