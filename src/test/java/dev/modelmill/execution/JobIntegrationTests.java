package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.stream.SseClient;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole jobs over real HTTP: what goes wrong with single tasks, with inputs and requests, and how jobs end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobIntegrationTests {

    @TempDir
    static Path folder;

    private Service service;

    @BeforeAll
    void start() {
        service = Service.start(folder, database(), "--modelmill.workers=2");
    }

    /** The arguments that choose the database; none for H2. */
    List<String> database() {
        return List.of();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void modelThatWasUsedShowsItsBatchSizeAndSpeed() throws Exception {
        JsonNode job = service.run("{\"model\": \"digits\", \"input\": {\"path\": \"examples/digits.csv\"}}");
        JsonNode model = Service.JSON.readTree(service.get("/models/digits"));
        assertThat(model.get("batchSize").intValue())
                .isPositive()
                .isEqualTo(job.get("batchSize").intValue());
        assertThat(model.get("tasksPerSecond").doubleValue()).isPositive();
    }

    @Test
    void badTasksFailAloneWithTheirOwnMessages() throws Exception {
        JsonNode job = service.run("""
                {"model": "iris", "maxErrors": "100%", "input": {"tasks": [
                  {"id": "a", "sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2},
                  {"id": "b", "sepal_length": "x", "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2},
                  {"id": 7, "sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4},
                  {"sepal_length": [5.1], "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}]}}""");
        assertThat(job.get("status").stringValue()).isEqualTo("COMPLETED_WITH_ERRORS");
        String id = job.get("id").stringValue();
        assertThat(service.results(id))
                .extracting(line -> line.get("index").intValue())
                .containsExactly(0, 3);
        assertThat(service.results(id).get(0).get("label").stringValue()).isEqualTo("setosa");
        List<JsonNode> errors = service.errors(id);
        assertThat(errors).extracting(line -> line.get("index").intValue()).containsExactly(1, 2);
        assertThat(errors.get(0).get("message").stringValue())
                .startsWith("sepal_length")
                .contains("\"x\"");
        assertThat(errors.get(1).get("message").stringValue())
                .startsWith("petal_width")
                .contains("missing");
        assertThat(errors.get(1).get("id").intValue()).isEqualTo(7);
        assertThat(errors).allMatch(line -> line.get("code").stringValue().equals("invalid_task"));
    }

    @Test
    void quotedNewlinesAndWrongFieldCountsNeverShiftAnIndex() throws Exception {
        Service.write(folder.resolve("quoted.csv"), """
                id,sepal_length,sepal_width,petal_length,petal_width
                "one
                line",5.1,3.5,1.4,0.2
                short,5.1,3.5

                three,6.3,3.3,6.0,2.5
                """);
        JsonNode job = service.run(job("iris", "quoted.csv", ", \"maxErrors\": 5, \"include\": [\"petal_width\"]"));
        String id = job.get("id").stringValue();
        assertThat(service.get("/jobs/" + id + "/results").lines().findFirst().orElseThrow())
                .startsWith("{\"index\":0,\"id\":\"one\\nline\",\"label\":\"setosa\"")
                .endsWith("\"input\":{\"petal_width\":\"0.2\"}}");
        JsonNode error = service.errors(id).get(0);
        assertThat(error.get("index").intValue()).isEqualTo(1);
        assertThat(error.get("line").intValue()).isEqualTo(4);
        assertThat(service.results(id).get(1).get("index").intValue()).isEqualTo(2);
    }

    @Test
    void gzipGivesTheSameBytesAsThePlainFile() throws Exception {
        Path packed = folder.resolve("digits.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(Path.of("examples/digits.csv"), out);
        }
        JsonNode job = service.run(job("digits", "digits.csv.gz", ", \"batchSize\": 64"));
        JsonNode plain = service.run(
                "{\"model\": \"digits\", \"input\": {\"path\": \"examples/digits.csv\"}, \"batchSize\": 64}");
        assertThat(service.get("/jobs/" + job.get("id").stringValue() + "/results"))
                .hasSizeGreaterThan(100_000)
                .isEqualTo(service.get("/jobs/" + plain.get("id").stringValue() + "/results"));
    }

    @Test
    void labelWithANulIsKeptAndFound() throws Exception {
        Service.write(folder.resolve("none.jsonl"), "");
        JsonNode job = service.run(job("digits", "none.jsonl", ", \"labels\": {\"team\": \"a\\u0000b\"}"));
        assertThat(job.at("/labels/team").stringValue()).isEqualTo("a\0b");
        assertThat(service.get("/jobs?text=a%00b")).contains(job.get("id").stringValue());
    }

    @Test
    void emptyInputCompletes() throws Exception {
        Service.write(folder.resolve("empty.jsonl"), "\n\n");
        JsonNode job = service.run(job("digits", "empty.jsonl", ""));
        assertThat(job.get("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(job.at("/progress/total").longValue()).isZero();
        assertThat(job.at("/progress/percent").doubleValue()).isEqualTo(100);
    }

    @Test
    void tooManyErrorsFailTheJobAndLeaveTheErrorsReadable() throws Exception {
        Service.write(folder.resolve("bad.jsonl"), "{\"pixels\": []}\n".repeat(150));
        JsonNode job = service.run(job("digits", "bad.jsonl", ""));
        assertThat(job.get("status").stringValue()).isEqualTo("FAILED");
        assertThat(job.at("/error/code").stringValue()).isEqualTo("too_many_errors");
    }

    @Test
    void quoteThatNeverClosesMakesTheInputUnreadable() throws Exception {
        Service.write(folder.resolve("open.csv"), """
                sepal_length,sepal_width,petal_length,petal_width
                5.1,3.5,1.4,0.2
                "5.1,3.5,1.4,0.2
                """);
        JsonNode job = service.run(job("iris", "open.csv", ""));
        assertThat(job.get("status").stringValue()).isEqualTo("FAILED");
        assertThat(job.at("/error/code").stringValue()).isEqualTo("input_unreadable");
        assertThat(job.at("/error/detail").stringValue()).contains("line 3");
    }

    @Test
    void outputAppearsWhenTheJobHasCompleted() throws Exception {
        Path output = folder.resolve("output/iris.csv");
        String request = "{\"model\": \"iris\", \"input\": {\"path\": \"examples/iris.csv\"}, \"output\": {\"path\": \""
                + output + "\"}}";
        assertThat(service.run(request).get("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(Files.readAllLines(output)).hasSize(151).first().isEqualTo("index,id,label,probabilities");
        assertThat(output.resolveSibling("iris.csv.errors.jsonl")).isEmptyFile();
        HttpResponse<String> again = service.post("/jobs", request);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(Service.JSON.readTree(again.body()).at("/errors/0/pointer").stringValue())
                .isEqualTo("/output/path");
    }

    @Test
    void modelIsLoadedOnceForManyJobs() throws Exception {
        String request = "{\"model\": \"digits\", \"input\": {\"path\": \"examples/digits.csv\"}}";
        service.run(request);
        service.run(request);
        assertThat(service.get("/actuator/prometheus"))
                .contains("modelmill_model_load_seconds_count{model=\"digits\"} 1\n")
                .contains("modelmill_tasks_total{model=\"digits\",outcome=\"succeeded\"}");
    }

    @Test
    void progressReplaysTheLogAndEndsOnce() throws Exception {
        String id = service.run("{\"model\": \"iris\", \"input\": {\"path\": \"examples/iris.csv\"}}")
                .get("id")
                .stringValue();
        try (SseClient stream = SseClient.open(service.uri("/jobs/" + id + "/progress"))) {
            assertThat(stream.next().name()).isEqualTo("progress");
            SseClient.Event last = stream.next();
            while (last.name().equals("log")) {
                assertThat(Service.JSON.readTree(last.data()).get("worker").stringValue())
                        .startsWith("iris-");
                last = stream.next();
            }
            assertThat(last.name()).isEqualTo("end");
        }
    }

    @Test
    void cancelEndsARunningJob() throws Exception {
        StringBuilder rows = new StringBuilder("sepal_length,sepal_width,petal_length,petal_width\n");
        rows.append("5.1,3.5,1.4,0.2\n".repeat(400_000));
        Service.write(folder.resolve("long.csv"), rows.toString());
        String id = service.submit(job("iris", "long.csv", ", \"batchSize\": 1, \"workers\": 1"));
        HttpResponse<String> cancelled = service.post("/jobs/" + id + "/cancel", "");
        assertThat(cancelled.statusCode()).isEqualTo(202);
        assertThat(service.await(id).get("status").stringValue()).isEqualTo("CANCELLED");
        HttpResponse<String> again = service.post("/jobs/" + id + "/cancel", "");
        assertThat(again.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model": "nobody", "input": {"path": "examples/iris.csv"}}                     | unknown_model    | /model
            {"model": "iris", "input": {"path": "/etc/passwd"}}                             | path_not_allowed | /input/path
            {"model": "iris", "input": {"path": "examples/nothing.csv"}}                    | input_not_found  | /input/path
            {"model": "iris", "input": {"path": "examples/iris.csv"}, "workers": -1}        | invalid_request  | /workers
            {"model": "iris", "input": {"path": "examples/iris.csv"}, "colour": "red"}      | invalid_request  | /colour
            {"model": "iris", "input": {"path": "examples/digits.csv"}}                     | input_mismatch   | /input
            {"model": "iris"}                                                               | invalid_request  | /input
            """)
    void requestThatCannotBeCarriedOutNamesTheField(String request, String code, String pointer) throws Exception {
        HttpResponse<String> answer = service.post("/jobs", request);
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode problem = Service.JSON.readTree(answer.body());
        assertThat(problem.get("code").stringValue()).isEqualTo(code);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    @Test
    void bodyThatIsNestedWithoutEndIsRefused() throws Exception {
        HttpResponse<String> answer =
                service.post("/jobs", "{\"model\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("not valid JSON").doesNotContain("jackson");
    }

    @Test
    void dryRunChecksTheFirstTasksAndKeepsNothing() throws Exception {
        int before = Service.JSON
                .readTree(service.get("/jobs?limit=1000"))
                .get("jobs")
                .size();
        HttpResponse<String> answer = service.post("/jobs?dryRun=true", """
                {"model": "digits", "input": {"tasks": [{"id": "a", "pixels": [0, 1]}]}}""");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Service.JSON.readTree(answer.body()).at("/tasks/0/error").stringValue())
                .isEqualTo("pixels: expected 64 numbers, got 2");
        assertThat(Service.JSON
                        .readTree(service.get("/jobs?limit=1000"))
                        .get("jobs")
                        .size())
                .isEqualTo(before);
    }

    private String job(String model, String file, String more) {
        return "{\"model\": \"" + model + "\", \"input\": {\"path\": \"" + folder.resolve(file) + "\"}" + more + "}";
    }
}
