package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.onnx.OnnxFiles;
import dev.modelmill.stream.SseClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whole jobs that are cancelled at every stage, and models that can't be loaded: each ends, soon and in its own status. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class CancelIntegrationTests {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private Service service;

    @BeforeAll
    void start() {
        new ModelsFolder(folder.resolve("models"))
                .with("hangs", OnnxFiles.loopByInput(), "timeout: 10m")
                .with("loads", OnnxFiles.loop(30_000_000), "start-timeout: 10m")
                .with("breaks", OnnxFiles.lookup())
                .with("lookup", OnnxFiles.lookup(), "batch-size: 4");
        service = Service.start(
                folder,
                "--modelmill.workers=3",
                "--modelmill.max-running-jobs=2",
                "--modelmill.models-dir=" + folder.resolve("models"));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void cancelWithinACallThatWouldTakeForEverEndsItSoon() throws Exception {
        String id = service.submit(hanging());
        awaitJob(
                id,
                job -> job.get("workers")
                        .valueStream()
                        .anyMatch(worker -> worker.get("state").stringValue().equals("busy")));
        assertThat(cancelled(id)).isLessThan(SOON);
    }

    @Test
    void cancelWhileTheModelLoadsEndsItSoon() throws Exception {
        String id = service.submit("{\"model\": \"loads\", \"input\": {\"tasks\": [{\"x\": 1}]}}");
        awaitJob(
                id,
                job -> job.get("workers")
                        .valueStream()
                        .anyMatch(worker -> worker.get("state").stringValue().equals("starting")));
        assertThat(cancelled(id)).isLessThan(SOON);
    }

    @Test
    void cancelRacingWithStartAndCompletionAlwaysEnds() throws Exception {
        Random random = new Random(7);
        List<String> ids = new ArrayList<>();
        for (int job = 0; job < 100; job++) {
            String id = service.submit(lookup());
            for (int look = random.nextInt(40); look > 0; look--) {
                service.get("/jobs/" + id);
            }
            assertThat(service.post("/jobs/" + id + "/cancel", "").statusCode()).isIn(200, 202);
            ids.add(id);
        }
        List<String> ends = new ArrayList<>();
        for (String id : ids) {
            ends.add(service.await(id).get("status").stringValue());
        }
        assertThat(ends).hasSize(100).isSubsetOf("CANCELLED", "COMPLETED");
        List<String> statuses = service.bean(JdbcClient.class)
                .sql("select e.status from batch_job_execution e join batch_job_execution_params p"
                        + " on p.job_execution_id = e.job_execution_id where p.parameter_value in (:ids)")
                .param("ids", ids)
                .query(String.class)
                .list();
        assertThat(statuses).doesNotContain("UNKNOWN", "STARTING");
    }

    @Test
    void modelThatBreaksBetweenSubmitAndStartFailsTheJobWithTheLoadersMessage() throws Exception {
        String first = service.submit(hanging());
        String second = service.submit(hanging());
        awaitJob(second, job -> job.get("status").stringValue().equals("RUNNING"));
        String waiting = service.submit("{\"model\": \"breaks\", \"input\": {\"tasks\": [{\"position\": 1}]}}");
        Files.writeString(folder.resolve("models/breaks/model.onnx"), "no model any more");
        cancelled(first);
        JsonNode job = service.await(waiting);
        cancelled(second);
        assertThat(job.get("status").stringValue()).isEqualTo("FAILED");
        assertThat(job.at("/error/code").stringValue()).isEqualTo("model_unavailable");
        assertThat(job.at("/error/detail").stringValue())
                .containsAnyOf("Protobuf", "changed while it was being loaded")
                .doesNotContain("/");
    }

    @Test
    void modelThatCantBeReadIsRefusedAtOnce() throws Exception {
        new ModelsFolder(folder.resolve("models")).withFile("bad/model.onnx", new byte[] {1, 2, 3});
        String job = "{\"model\": \"bad\", \"input\": {\"tasks\": [{\"x\": 1}]}}";
        var answer = service.post("/jobs", job);
        for (int look = 0; look < 500 && answer.body().contains("unknown_model"); look++) {
            service.get("/models");
            answer = service.post("/jobs", job);
        }
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("/model");
    }

    /** Cancels a job and waits for its end; how long that took. */
    private Duration cancelled(String id) throws Exception {
        long begun = System.nanoTime();
        assertThat(service.post("/jobs/" + id + "/cancel", "").statusCode()).isIn(200, 202);
        assertThat(service.await(id).get("status").stringValue()).isEqualTo("CANCELLED");
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Waits on the progress stream until the job is as it should be. */
    private void awaitJob(String id, Predicate<JsonNode> wanted) throws Exception {
        try (SseClient stream = SseClient.open(service.uri("/jobs/" + id + "/progress"))) {
            while (!wanted.test(Service.JSON.readTree(stream.next("progress").data()))) {
                assertThat(stream.status()).isEqualTo(200);
            }
        }
    }

    private static String hanging() {
        return "{\"model\": \"hangs\", \"workers\": 1, \"input\": {\"tasks\": [{\"times\": 4000000000000000000}]}}";
    }

    private static String lookup() {
        return "{\"model\": \"lookup\", \"input\": {\"tasks\": [" + "{\"position\": 1},".repeat(40)
                + "{\"position\": 2}]}}";
    }
}
