package dev.modelmill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.log.EventLog;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobFolder;
import dev.modelmill.job.store.JobInput;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.Partition;
import dev.modelmill.job.store.PartitionRows;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.task.Checkpoint;
import dev.modelmill.task.input.PartitionRange;
import dev.modelmill.task.input.TaskFormat;
import dev.modelmill.task.output.PartFiles;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        classes = ApiTestApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "test.api=true",
            "spring.datasource.url=jdbc:h2:mem:api;DB_CLOSE_DELAY=-1",
            "spring.flyway.locations=classpath:db/migration/common,classpath:db/migration/h2",
            "modelmill.input-roots=.",
            "modelmill.output-roots=.",
            "modelmill.max-running-jobs=4",
            "modelmill.max-request-size=1MB",
            "modelmill.max-json-size=64KB",
            "modelmill.max-task-size=1MB",
            "modelmill.max-log-size=1MB"
        })
class ApiIntegrationTests {

    private static final String FIRST = "{\"index\":0,\"id\":\"a\",\"y\":1}\n{\"index\":1,\"id\":\"b\",\"y\":2}\n";
    private static final String SECOND = "{\"index\":2,\"id\":\"c\",\"y\":3}\n";
    private static final String ERRORS =
            "{\"index\":3,\"id\":\"d\",\"line\":4,\"code\":\"timeout\",\"message\":\"m\",\"attempts\":2}\n";
    private static final String ALL = FIRST + SECOND;
    private static final JobId.Generator IDS = new JobId.Generator(Clock.systemUTC());

    @TempDir
    static Path data;

    @LocalServerPort
    private int port;

    @Autowired
    private JobRows rows;

    @Autowired
    private PartitionRows partitions;

    @Autowired
    private DataFolder folder;

    @Autowired
    private EventLogs logs;

    @Autowired
    private ApplicationContext context;

    private Http http = new Http(0);

    @DynamicPropertySource
    static void dataFolder(DynamicPropertyRegistry properties) {
        properties.add("modelmill.data-dir", data::toString);
    }

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void getShowsJobWithEveryKey() throws Exception {
        JobId id = queued();

        HttpResponse<String> response = http.get("/jobs/" + id);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Http.json(response).propertyNames())
                .containsExactly(
                        "id",
                        "model",
                        "modelVersion",
                        "modelDigest",
                        "status",
                        "createdAt",
                        "startedAt",
                        "finishedAt",
                        "request",
                        "labels",
                        "priority",
                        "batchSize",
                        "restarts",
                        "progress",
                        "workers",
                        "error");
        assertThat(Http.json(response).get("createdAt").asString()).isEqualTo("2026-11-23T10:00:00.000Z");
        assertThat(Http.json(response).at("/request/model").asString()).isEqualTo("digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "00000000000000000000000000", "..%2e"})
    void getWhenJobIsUnknownIsNotFound(String id) throws Exception {
        assertProblem(http.get("/jobs/" + id), 404, "unknown_job");
    }

    @Test
    void listPagesNewestFirst() throws Exception {
        JobId old = queued();
        JobId middle = queued();
        JobId newest = queued();

        JsonNode page = Http.json(http.get("/jobs?limit=2&status=QUEUED&status=RUNNING"));
        assertThat(ids(page)).containsExactly(newest.value(), middle.value());
        JsonNode next = Http.json(
                http.get("/jobs?limit=1&status=QUEUED&after=" + page.get("next").asString()));
        assertThat(ids(next)).containsExactly(old.value());
    }

    @Test
    void listWhenNothingFollowsHasNoNext() throws Exception {
        JsonNode page = Http.json(http.get("/jobs?model=none"));

        assertThat(page.get("jobs").isEmpty()).isTrue();
        assertThat(page.get("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,1001", "limit,many", "status,DONE", "after,nonsense"})
    void listWhenParameterIsBadNamesIt(String name, String value) throws Exception {
        JsonNode problem = assertProblem(http.get("/jobs?" + name + "=" + value), 400, "invalid_parameter");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/" + name);
        assertThat(problem.get("detail").asString()).startsWith(name + ":").contains(value);
    }

    @ParameterizedTest
    @CsvSource({
        "'*/*',text/event-stream",
        "text/event-stream,text/event-stream",
        "application/json,application/json",
        "'application/json, */*;q=0.5',application/json",
        "'text/event-stream, application/json;q=0.5',text/event-stream"
    })
    void progressWhenBothFitGivesWhatAcceptPrefers(String accept, String expected) throws Exception {
        HttpResponse<String> response = http.get("/jobs/" + queued() + "/progress", "Accept", accept);

        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(expected);
    }

    @Test
    void partitionsShowsThemInOrder() throws Exception {
        JsonNode all = Http.json(http.get("/jobs/" + halfDone() + "/partitions"));

        assertThat(all.get("partitions")).hasSize(3);
        assertThat(all.at("/partitions/2").toString())
                .isEqualTo("{\"index\":2,\"firstTask\":3,\"tasks\":2,\"state\":\"running\",\"attempts\":1,"
                        + "\"worker\":null}");
        assertThat(all.at("/partitions/0/worker").asString()).isEqualTo("digits-1");
    }

    @Test
    void cancelWhenQueuedIsAcceptedAndAgainIsOk() throws Exception {
        JobId id = queued();

        HttpResponse<String> first = http.send("POST", "/jobs/" + id + "/cancel", "");
        HttpResponse<String> second = http.send("POST", "/jobs/" + id + "/cancel", "");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(Http.json(first).get("status").asString()).isEqualTo("CANCELLED");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void deleteWhenNotEndedIsConflict() throws Exception {
        JsonNode problem = assertProblem(http.send("DELETE", "/jobs/" + queued(), ""), 409, "wrong_status");

        assertThat(problem.get("detail").asString()).contains("QUEUED");
    }

    @Test
    void deleteWhenEndedForgetsJob() throws Exception {
        JobId id = done();

        assertThat(http.send("DELETE", "/jobs/" + id, "").statusCode()).isEqualTo(204);

        assertThat(http.get("/jobs/" + id).statusCode()).isEqualTo(404);
        assertThat(folder.job(id).path()).doesNotExist();
    }

    @Test
    void resultsWhenRunningGivesWhatIsReadable() throws Exception {
        HttpResponse<String> response = http.get("/jobs/" + halfDone() + "/results");

        assertThat(response.body()).isEqualTo(ALL);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(response.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(response.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void resultsWhenSelectedGivesThoseLines() throws Exception {
        String path = "/jobs/" + halfDone() + "/results";

        assertThat(http.get(path + "?after=1").body()).isEqualTo(SECOND);
        assertThat(http.get(path + "?after=0&limit=1").body()).isEqualTo(FIRST.substring(FIRST.indexOf('\n') + 1));
        assertThat(http.get(path + "?after=2").body()).isEmpty();
    }

    @Test
    void resultsAsCsvHasHeader() throws Exception {
        HttpResponse<String> response = http.get("/jobs/" + halfDone() + "/results?format=csv&after=1");

        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(response.body()).isEqualTo("index,id,y\n2,c,3\n");
    }

    @ParameterizedTest
    @CsvSource({"parquet,422,not_available", "xml,400,invalid_parameter"})
    void resultsWhenFormatIsImpossibleSaysSo(String format, int status, String code) throws Exception {
        assertProblem(http.get("/jobs/" + halfDone() + "/results?format=" + format), status, code);
    }

    @Test
    void errorsWhenCodeIsGivenGivesThose() throws Exception {
        String path = "/jobs/" + done() + "/errors";

        assertThat(http.get(path).body()).isEqualTo(ERRORS);
        assertThat(http.get(path + "?code=timeout").body()).isEqualTo(ERRORS);
        assertThat(http.get(path + "?code=model_error").body()).isEmpty();
        assertProblem(http.get(path + "?code=nonsense"), 400, "invalid_parameter");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-4,0,5", "bytes=30-,30,-1", "bytes=-7,-7,-1", "bytes=40-100000,40,-1"})
    void resultsWhenRangeIsGivenGivesThoseBytes(String header, int from, int length) throws Exception {
        HttpResponse<String> response = http.get("/jobs/" + halfDone() + "/results", "Range", header);

        int first = from < 0 ? ALL.length() + from : from;
        int end = length < 0 ? ALL.length() : first + length;
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(ALL.substring(first, end));
        assertThat(response.headers().firstValue("Content-Range"))
                .hasValue("bytes " + first + "-" + (end - 1) + "/" + ALL.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,4-5", "lines=1-2", "bytes=5-1"})
    void resultsWhenRangeIsNoneOfOursGivesAll(String header) throws Exception {
        HttpResponse<String> response = http.get("/jobs/" + halfDone() + "/results", "Range", header);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(ALL);
    }

    @Test
    void resultsWhenRangeIsBehindTheEndIsNotSatisfiable() throws Exception {
        HttpResponse<String> response =
                http.get("/jobs/" + halfDone() + "/results", "Range", "bytes=" + ALL.length() + "-");

        assertProblem(response, 416, "range_not_satisfiable");
        assertThat(response.headers().firstValue("Content-Range")).hasValue("bytes */" + ALL.length());
    }

    @Test
    void resultsWhenEndedHaveTag() throws Exception {
        String path = "/jobs/" + done() + "/results";
        String tag = http.get(path).headers().firstValue("ETag").orElseThrow();

        assertThat(http.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(http.get(path, "If-Range", tag, "Range", "bytes=0-3").statusCode())
                .isEqualTo(206);
        assertThat(http.get(path, "If-Range", "\"other\"", "Range", "bytes=0-3").body())
                .isEqualTo(ALL);
    }

    @Test
    void resultsWhenHeadSaysLengthOnly() throws Exception {
        HttpResponse<String> response = http.send("HEAD", "/jobs/" + done() + "/results", "");

        assertThat(response.headers().firstValue("Content-Length")).hasValue(String.valueOf(ALL.length()));
    }

    @Test
    void resultsWhenFileIsGoneIsNeutralProblem() throws Exception {
        JobId id = done();
        Files.delete(new PartFiles(folder.job(id).parts(), 0, 1).results());

        HttpResponse<String> response = http.get("/jobs/" + id + "/results");

        assertProblem(response, 500, "internal");
        assertThat(response.body()).doesNotContain("Part", "parts");
    }

    @Test
    void logsWhenSelectedGivesThoseLines() throws Exception {
        JobId id = done();
        EventLog log = logs.open(id.value(), folder.job(id).path(), 1);
        log.append(Instant.EPOCH, Level.INFO, "digits-1", "loaded");
        log.append(Instant.EPOCH, Level.ERROR, "digits-2", "broke");

        HttpResponse<String> response = http.get("/jobs/" + id + "/logs?level=warn");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(response.body()).contains("\"message\":\"broke\"").doesNotContain("loaded");
        assertProblem(http.get("/jobs/" + id + "/logs?level=loud"), 400, "invalid_parameter");
        logs.close(id.value());
    }

    @Test
    void submitWhenBodyIsNotJsonIsBadRequest() throws Exception {
        assertProblem(post("{\"model\": digits}", "application/json"), 400, "malformed_request");
    }

    @Test
    void submitWhenModelIsUnknownNamesTheField() throws Exception {
        HttpResponse<String> response =
                post("{\"model\": \"nope\", \"input\": {\"tasks\": [{\"x\": 1}]}}", "application/json");

        JsonNode problem = assertProblem(response, 422, "unknown_model");
        assertThat(problem.get("title").asString()).isEqualTo("Unprocessable Content");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/model");
        assertNothingIncoming();
    }

    @Test
    void submitWhenBodyIsTooLargeIsRefused() throws Exception {
        String body = "{\"model\": \"digits\", \"labels\": {\"a\": \"" + "x".repeat(70_000) + "\"}}";

        assertProblem(post(body, "application/json"), 413, "too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void submitWhenTypeIsAnotherNamesThePossible(String type) throws Exception {
        JsonNode problem = assertProblem(post("{}", type), 415, "unsupported_media_type");

        assertThat(problem.get("detail").asString()).contains("application/json", "multipart/form-data");
    }

    @Test
    void submitWhenDryRunIsNeitherTrueNorFalseNamesIt() throws Exception {
        HttpResponse<String> response =
                http.send("POST", "/jobs?dryRun=maybe", "{}", "Content-Type", "application/json");

        assertThat(assertProblem(response, 400, "invalid_parameter")
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/dryRun");
    }

    @Test
    void submitWhenStoppingIsUnavailable() throws Exception {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        try {
            HttpResponse<String> response = post("{\"model\": \"digits\"}", "application/json");

            assertProblem(response, 503, "unavailable");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        } finally {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void uploadWhenJobIsMissingNamesThePart() throws Exception {
        JsonNode problem = assertProblem(multipart(part("input", "a.jsonl", "{}\n")), 422, "missing_part");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/job");
    }

    @Test
    void uploadInAnyOrderReadsTheJob() throws Exception {
        String job = part("job", null, "{\"model\": \"nope\"}");
        String input = part("input", "a.jsonl", "{\"x\": 1}\n".repeat(20_000));

        assertProblem(multipart(input + job), 422, "unknown_model");
        assertProblem(multipart(job + input), 422, "unknown_model");
        assertNothingIncoming();
    }

    @Test
    void uploadWhenTooLargeIsRefused() throws Exception {
        String input = part("input", "a.jsonl", "x".repeat(1_100_000));

        assertProblem(multipart(part("job", null, "{}") + input), 413, "too_large");
        assertNothingIncoming();
    }

    @Test
    void uploadWhenBodyIsTornIsBadRequest() throws Exception {
        HttpResponse<String> response = post("--b\r\nContent-Disposition", "multipart/form-data; boundary=b");

        assertProblem(response, 400, "malformed_request");
    }

    @Test
    void modelsShowsEveryKey() throws Exception {
        JsonNode model = Http.json(http.get("/models")).at("/models/0");

        assertThat(model.toString())
                .isEqualTo("{\"name\":\"digits\",\"version\":\"2\",\"versions\":[\"1\",\"2\"],\"description\":null,"
                        + "\"runtime\":\"onnx\",\"state\":\"unloaded\",\"inputs\":[],\"outputs\":[],\"batchSize\":1,"
                        + "\"loadSeconds\":null,\"memoryBytes\":null,\"tasksPerSecond\":null,"
                        + "\"workers\":{\"max\":4,\"idle\":0,\"busy\":0},\"error\":null}");
        assertThat(Http.json(http.get("/models/digits:2"))).isEqualTo(model);
        assertThat(Http.json(http.get("/models/digits"))).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models/nope", "/models/digits:3", "/models/digits:x", "/models/-"})
    void modelWhenUnknownIsNotFound(String path) throws Exception {
        assertProblem(http.get(path), 404, "unknown_model");
    }

    @Test
    void unknownPathIsNotFound() throws Exception {
        assertProblem(http.get("/nothing"), 404, "not_found");
        assertProblem(http.get("/error"), 404, "not_found");
    }

    @Test
    void wrongMethodNamesThePossible() throws Exception {
        HttpResponse<String> response = http.send("PUT", "/jobs", "{}");

        assertProblem(response, 405, "method_not_allowed");
        assertThat(response.headers().allValues("Allow").toString()).contains("GET", "POST");
    }

    @Test
    void wrongAcceptIsNotAcceptable() throws Exception {
        assertProblem(http.get("/jobs", "Accept", "image/png"), 406, "not_acceptable");
    }

    @Test
    void problemWhenAcceptIsAnotherIsStillOne() throws Exception {
        assertProblem(http.get("/jobs/nope", "Accept", "application/json"), 404, "unknown_job");
        assertProblem(http.get("/nothing", "Accept", "text/html"), 404, "not_found");
    }

    @Test
    void unexpectedFailureSaysNothingOfTheInside() throws Exception {
        HttpResponse<String> response = http.get("/fails");

        assertProblem(response, 500, "internal");
        assertThat(response.body()).doesNotContain("secret", "Secret", "Exception");
    }

    @Test
    void fullDiskIsInsufficientStorage() throws Exception {
        assertThat(assertProblem(http.get("/full"), 507, "no_space").toString()).doesNotContain("secret");
    }

    @Test
    void failureWhenAnswerHasBegunBreaksItOff() {
        assertThatThrownBy(() -> http.get("/breaks-off")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /jobs/%zz HTTP/1.1", "GET /a|b HTTP/1.1"})
    void brokenPathIsProblem(String line) throws Exception {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"code\":\"bad_request\"")
                    .doesNotContain("html", "Tomcat");
        }
    }

    @Test
    void foreignOriginIsRefused() throws Exception {
        assertProblem(http.get("/jobs", "Origin", "http://evil.example"), 403, "foreign_origin");
        assertProblem(http.get("/jobs", "Origin", "null"), 403, "foreign_origin");
        assertThat(http.get("/jobs", "Origin", "http://localhost:" + port).statusCode())
                .isEqualTo(200);
    }

    @Test
    void apiDocsDescribeProblemsStreamsAndUploads() throws Exception {
        JsonNode api = Http.json(http.get("/v3/api-docs"));

        assertThat(api.at("/info/title").asString()).isEqualTo("Modelmill");
        assertThat(api.at("/paths/~1jobs/post/requestBody/content").propertyNames())
                .containsExactlyInAnyOrder("application/json", "multipart/form-data");
        assertThat(api.at("/paths/~1jobs~1{id}~1progress/get/responses/200/content")
                        .propertyNames())
                .contains("text/event-stream", "application/json");
        assertThat(api.at("/paths/~1models/get/responses/default/content").propertyNames())
                .containsExactly("application/problem+json");
        assertThat(api.at("/components/schemas").propertyNames()).contains("Problem", "Job", "JobBody");
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Http.json(response);
        assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "detail", "code", "errors");
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        return problem;
    }

    private void assertNothingIncoming() throws IOException {
        try (var files = Files.list(folder.incoming())) {
            assertThat(files).isEmpty();
        }
    }

    private HttpResponse<String> post(String body, String type) throws IOException, InterruptedException {
        return http.send("POST", "/jobs", body, "Content-Type", type);
    }

    private HttpResponse<String> multipart(String parts) throws IOException, InterruptedException {
        return post(parts + "--b--\r\n", "multipart/form-data; boundary=b");
    }

    private static String part(String name, @Nullable String file, String content) {
        String fileName = file == null ? "" : "; filename=\"" + file + "\"";
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"" + fileName + "\r\n\r\n" + content
                + "\r\n";
    }

    private static List<String> ids(JsonNode page) {
        return page.get("jobs").values().stream()
                .map(job -> job.get("id").asString())
                .toList();
    }

    private JobId queued() throws IOException {
        JobId id = IDS.next();
        Files.createDirectories(folder.job(id).parts());
        rows.insert(new StoredJob(
                id,
                JobStatus.QUEUED,
                "digits",
                "2",
                null,
                5,
                Instant.parse("2026-11-23T10:00:00Z"),
                null,
                null,
                new JobRequest("digits", null, null, null, null, null, null, null, null),
                "{\"model\":\"digits\"}",
                new JobInput("input", true, false, TaskFormat.JSONL, ',', "id", 0, 0),
                null,
                0,
                0,
                0,
                0,
                null,
                null,
                null));
        return id;
    }

    /** A running job of three partitions, the first two of which are done. */
    private JobId halfDone() throws IOException {
        JobId id = queued();
        rows.start(id);
        partitions.insert(id, List.of(range(0, 0, 2), range(1, 2, 1), range(2, 3, 2)));
        finish(id, 0, FIRST, "");
        finish(id, 1, SECOND, "");
        partitions.begin(id, 2);
        return id;
    }

    private JobId done() throws IOException {
        JobId id = halfDone();
        partitions.rest(id);
        finish(id, 2, "", ERRORS);
        rows.end(id, Set.of(JobStatus.RUNNING), JobStatus.COMPLETED_WITH_ERRORS, null, null);
        return id;
    }

    private static PartitionRange range(int number, long first, long tasks) {
        return new PartitionRange(number, first, tasks, 0, 0, 1, 0);
    }

    private void finish(JobId id, int number, String results, String errors) throws IOException {
        JobFolder home = folder.job(id);
        int attempt = partitions.begin(id, number).attempts();
        PartFiles files = new PartFiles(home.parts(), number, attempt);
        Files.writeString(files.results(), results);
        Files.writeString(files.errors(), errors);
        Checkpoint end = new Checkpoint(1, 0, 0, 0, 1, 0, 0, results.length(), 0, errors.length(), 0);
        partitions.commit(id, number, attempt, "digits-1", Partition.State.DONE, end);
    }
}
