package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.onnx.OnnxFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole jobs with tasks that hang or that their model refuses: who fails, with which words, at which cost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PoisonIntegrationTests {

    private static final long FOREVER = 4_000_000_000_000_000_000L;

    @TempDir
    static Path folder;

    private Service service;

    @BeforeAll
    void start() {
        new ModelsFolder(folder.resolve("models"))
                .with("loop", OnnxFiles.loopByInput(), "timeout: 1s")
                .with("hasty", OnnxFiles.loopByInput(), "timeout: 100ms", "batch-size: 1")
                .with("lookup", OnnxFiles.lookup());
        service = Service.start(folder, "--modelmill.workers=2", "--modelmill.models-dir=" + folder.resolve("models"));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void hangingTaskFailsAloneByTimeout() throws Exception {
        JsonNode job = service.run(job("loop", tasks("times", 24, task -> task == 10 ? FOREVER : task), 8, ""));
        assertThat(job.get("status").stringValue()).isEqualTo("COMPLETED_WITH_ERRORS");
        String id = job.get("id").stringValue();
        assertThat(service.results(id))
                .hasSize(23)
                .allMatch(line -> line.get("y").longValue() == line.get("index").longValue());
        assertThat(service.errors(id)).singleElement().satisfies(error -> {
            assertThat(error.get("index").intValue()).isEqualTo(10);
            assertThat(error.get("code").stringValue()).isEqualTo("timeout");
            assertThat(error.get("attempts").intValue()).isEqualTo(5);
            assertThat(error.get("message").stringValue()).isEqualTo("the call took longer than 1 s");
        });
    }

    @Test
    void refusedTasksFailAloneWithTheirOwnMessagesAndTheSameBytesAtBatchSpeed() throws Exception {
        List<Integer> poison = List.of(300, 301, 350, 383, 384, 420, 450, 511);
        String tasks = tasks("position", 512, task -> poison.contains(task) ? task : task % 3);
        service.run(job("lookup", tasks, 64, ""));
        double before = calls("lookup");
        JsonNode first = service.run(job("lookup", tasks, 64, ", \"workers\": 1"));
        double calls = calls("lookup") - before;
        assertThat(calls).isBetween(8.0, 8.0 + poison.size() * 2 * 6);
        String id = first.get("id").stringValue();
        assertThat(service.results(id)).hasSize(512 - poison.size());
        List<JsonNode> errors = service.errors(id);
        assertThat(errors).extracting(error -> error.get("index").intValue()).isEqualTo(poison);
        assertThat(errors)
                .allMatch(error -> error.get("code").stringValue().equals("model_error"))
                .allMatch(error -> error.get("message")
                        .stringValue()
                        .contains("idx=" + error.get("index").intValue()));
        for (String workers : List.of("1", "2", "2")) {
            String again = service.run(job("lookup", tasks, 64, ", \"workers\": " + workers))
                    .get("id")
                    .stringValue();
            assertThat(service.get("/jobs/" + again + "/results")).isEqualTo(service.get("/jobs/" + id + "/results"));
            assertThat(service.get("/jobs/" + again + "/errors")).isEqualTo(service.get("/jobs/" + id + "/errors"));
        }
    }

    @Test
    void modelThatAlwaysHangsFailsEveryTaskByTimeoutInBoundedTime() throws Exception {
        String tasks = tasks("times", 16, task -> FOREVER);
        String borne = service.submit(job("loop", tasks, 8, ", \"maxErrors\": \"100%\""));
        String failed = service.submit(job("loop", tasks, 8, ""));
        JsonNode job = service.await(borne);
        assertThat(job.get("status").stringValue()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(service.errors(borne))
                .hasSize(16)
                .allMatch(error -> error.get("code").stringValue().equals("timeout"))
                .allMatch(error -> error.get("attempts").intValue() == 3);
        job = service.await(failed);
        assertThat(job.get("status").stringValue()).isEqualTo("FAILED");
        assertThat(job.at("/error/code").stringValue()).isEqualTo("too_many_errors");
    }

    @Test
    void poolHasItsSizeAfterManyTimeouts() throws Exception {
        List<Integer> hanging =
                IntStream.range(0, 80).filter(task -> task % 2 == 1).boxed().toList();
        JsonNode job = service.run(job(
                "hasty", tasks("times", 80, task -> task % 2 == 1 ? FOREVER : task), 1, ", \"maxErrors\": \"100%\""));
        assertThat(job.get("status").stringValue()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(service.errors(job.get("id").stringValue()))
                .extracting(error -> error.get("index").intValue())
                .containsAll(hanging);
        assertThat(job.get("workers")
                        .valueStream()
                        .mapToInt(worker -> worker.get("replacements").intValue())
                        .sum())
                .isGreaterThanOrEqualTo(2 * hanging.size());
        assertThat(service.run(job("hasty", tasks("times", 4, task -> task), 1, ""))
                        .get("workers")
                        .size())
                .isBetween(1, 2);
        JsonNode workers = Service.JSON.readTree(service.get("/models/hasty")).get("workers");
        assertThat(workers.get("max").intValue()).isEqualTo(2);
        assertThat(workers.get("idle").intValue() + workers.get("busy").intValue())
                .isBetween(1, 2);
    }

    @Test
    void maxErrorsCountStopsTheJobOnceMoreHaveFailed() throws Exception {
        String tasks = tasks("position", 300, task -> task % 50 == 49 ? 99 : 0);
        assertThat(status(tasks, "5")).isEqualTo("FAILED");
        assertThat(status(tasks, "6")).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(status(tasks, "\"1.9%\"")).isEqualTo("FAILED");
        assertThat(status(tasks, "\"2%\"")).isEqualTo("COMPLETED_WITH_ERRORS");
    }

    @Test
    void firstHundredThatAllFailStopTheJobWhateverTheCountButNotHundredPercent() throws Exception {
        String tasks = tasks("position", 300, task -> task < 100 ? 99 : 0);
        assertThat(status(tasks, "200")).isEqualTo("FAILED");
        assertThat(status(tasks, "\"50%\"")).isEqualTo("FAILED");
        assertThat(status(tasks, "\"100%\"")).isEqualTo("COMPLETED_WITH_ERRORS");
        String ninetyNine = tasks("position", 300, task -> task < 99 ? 99 : 0);
        assertThat(status(ninetyNine, "200")).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(status(tasks("position", 100, task -> 99), "\"100%\"")).isEqualTo("COMPLETED_WITH_ERRORS");
    }

    @Test
    void percentageStopsNothingBelowAHundredTasksUnlessAllFail() throws Exception {
        String tasks = tasks("position", 99, task -> task == 0 ? 0 : 99);
        assertThat(status(tasks, "\"1%\"")).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(status(tasks, "97")).isEqualTo("FAILED");
        String all = tasks("position", 99, task -> 99);
        assertThat(status(all, "\"1%\"")).isEqualTo("FAILED");
        assertThat(status(all, "99")).isEqualTo("FAILED");
        assertThat(status(all, "\"100%\"")).isEqualTo("COMPLETED_WITH_ERRORS");
    }

    private String status(String tasks, String maxErrors) throws Exception {
        JsonNode job = service.run(job("lookup", tasks, 32, ", \"maxErrors\": " + maxErrors));
        if (job.get("status").stringValue().equals("FAILED")) {
            assertThat(job.at("/error/code").stringValue()).isEqualTo("too_many_errors");
        }
        return job.get("status").stringValue();
    }

    private double calls(String model) throws Exception {
        return service.get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("modelmill_inference_seconds_count{model=\"" + model + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String tasks(String field, int count, IntToLongFunction value) {
        LongStream values = IntStream.range(0, count).mapToLong(value);
        return values.mapToObj(each -> "{\"" + field + "\": " + each + "}").collect(Collectors.joining(",\n"));
    }

    private static String job(String model, String tasks, int batchSize, String more) {
        return "{\"model\": \"" + model + "\", \"input\": {\"tasks\": [" + tasks + "]}, \"batchSize\": " + batchSize
                + more + "}";
    }
}
