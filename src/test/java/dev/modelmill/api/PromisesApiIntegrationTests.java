package dev.modelmill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.JobRows;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Keys of submissions and restarts as clients see them. */
@SpringBootTest(
        classes = ApiTestApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "test.api=true",
            "spring.datasource.url=jdbc:h2:mem:promises;DB_CLOSE_DELAY=-1",
            "spring.flyway.locations=classpath:db/migration/common,classpath:db/migration/h2"
        })
class PromisesApiIntegrationTests {

    private static final String JOB = "{\"model\": \"digits\", \"input\": {\"tasks\": [{\"x\": 1}]}}";

    @TempDir
    static Path data;

    @LocalServerPort
    private int port;

    @Autowired
    private JobRows rows;

    @Autowired
    private DataFolder folder;

    @Autowired
    private JdbcTemplate database;

    private Http http = new Http(0);

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry properties) {
        properties.add("modelmill.data-dir", () -> data.resolve("data").toString());
        properties.add("modelmill.input-roots", data::toString);
    }

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void submitWhenSentAgainGivesTheSameJob() throws Exception {
        HttpResponse<String> first = post(JOB, "Idempotency-Key", "a b");
        HttpResponse<String> again =
                post("{\"input\": {\"tasks\": [ {\"x\": 1} ]},  \"model\": \"digits\"}", "Idempotency-Key", "a b");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"))
                .isPresent();
        assertThat(Http.json(again)).isEqualTo(Http.json(first));
        assertThat(id(post(JOB, "Idempotency-Key", "another"))).isNotEqualTo(id(first));
        assertThat(id(post(JOB))).isNotEqualTo(id(post(JOB)));
    }

    @Test
    void submitWhenTheKeyIsThatOfAnotherIsRefused() throws Exception {
        post(JOB, "Idempotency-Key", "taken");
        HttpResponse<String> other = post(JOB.replace("1", "2"), "Idempotency-Key", "taken");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(Http.json(other).get("code").asString()).isEqualTo("idempotency_key_reused");
        assertThat(folder.incoming()).isEmptyDirectory();
    }

    @Test
    void submitWhenRefusedFreesTheKey() throws Exception {
        HttpResponse<String> refused = post(JOB.replace("digits", "nope"), "Idempotency-Key", "free");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(post(JOB, "Idempotency-Key", "free").statusCode()).isEqualTo(202);
    }

    @Test
    void submitWhenTheJobWasDeletedTakesAnother() throws Exception {
        HttpResponse<String> first = post(JOB, "Idempotency-Key", "short-lived");
        http.send("POST", "/jobs/" + id(first) + "/cancel", "");
        assertThat(http.send("DELETE", "/jobs/" + id(first), "").statusCode()).isEqualTo(204);
        HttpResponse<String> second = post(JOB, "Idempotency-Key", "short-lived");
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(id(second)).isNotEqualTo(id(first));
    }

    @Test
    void submitOfAPathWhenSentAgainLooksAtTheFileAsLongAsItIsThere() throws Exception {
        Path file = Files.writeString(data.resolve("tasks.jsonl"), "{\"x\": 1}\n");
        FileTime time = Files.getLastModifiedTime(file);
        String job = "{\"model\": \"digits\", \"input\": {\"path\": \"" + file + "\"}}";
        HttpResponse<String> first = post(job, "Idempotency-Key", "of a path");
        assertThat(post(job, "Idempotency-Key", "of a path").statusCode()).isEqualTo(200);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1)));
        assertThat(post(job, "Idempotency-Key", "of a path").statusCode()).isEqualTo(422);
        Files.setLastModifiedTime(file, time);
        Files.delete(file);
        assertThat(id(post(job, "Idempotency-Key", "of a path"))).isEqualTo(id(first));
    }

    @Test
    void submitOfAnUploadWhenSentAgainGivesTheSameJob() throws Exception {
        HttpResponse<String> first = upload("{\"x\": 1}\n");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(id(upload("{\"x\": 1}\n"))).isEqualTo(id(first));
        assertThat(upload("{\"x\": 2}\n").statusCode()).isEqualTo(422);
        assertThat(folder.incoming()).isEmptyDirectory();
    }

    private HttpResponse<String> upload(String tasks) throws IOException, InterruptedException {
        String head = "--b\r\nContent-Disposition: form-data; name=";
        String body = head + "\"job\"\r\n\r\n{\"model\": \"digits\"}\r\n" + head
                + "\"input\"; filename=\"a.jsonl\"\r\n\r\n" + tasks + "\r\n--b--\r\n";
        return http.send(
                "POST", "/jobs", body, "Content-Type", "multipart/form-data; boundary=b", "Idempotency-Key", "upload");
    }

    @Test
    void submitWhenTheKeyIsTooLongIsBadRequest() throws Exception {
        assertThat(post(JOB, "Idempotency-Key", "k".repeat(255)).statusCode()).isEqualTo(202);
        for (String key : new String[] {"k".repeat(256), ""}) {
            HttpResponse<String> refused = post(JOB, "Idempotency-Key", key);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Http.json(refused).get("code").asString()).isEqualTo("invalid_parameter");
            assertThat(Http.json(refused).at("/errors/0/pointer").asString()).isEqualTo("/Idempotency-Key");
        }
    }

    @Test
    void dryRunIgnoresTheKey() throws Exception {
        post(JOB, "Idempotency-Key", "dry");
        HttpResponse<String> checked = http.send(
                "POST",
                "/jobs?dryRun=true",
                JOB.replace("1", "3"),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "dry");
        assertThat(checked.statusCode()).isEqualTo(200);
        assertThat(Http.json(checked).has("tasks")).isTrue();
    }

    @Test
    void submitWhenTheRowCannotBeStoredLeavesNothing() throws Exception {
        Set<Path> before = jobFolders();
        database.execute("ALTER TABLE job RENAME TO job_elsewhere");
        try {
            assertThat(post(JOB).statusCode()).isEqualTo(500);
        } finally {
            database.execute("ALTER TABLE job_elsewhere RENAME TO job");
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(jobFolders()).isEqualTo(before));
        assertThat(folder.incoming()).isEmptyDirectory();
    }

    private Set<Path> jobFolders() throws IOException {
        try (var folders = Files.list(folder.root().resolve("jobs"))) {
            return Set.copyOf(folders.toList());
        }
    }

    @Test
    void restartWhenCancelledIsAcceptedWithChanges() throws Exception {
        String id = id(post(JOB));
        http.send("POST", "/jobs/" + id + "/cancel", "");
        HttpResponse<String> restarted = restart(id, "{\"maxErrors\": \"100%\", \"workers\": 3, \"priority\": 8}");
        assertThat(restarted.statusCode()).as(restarted.body()).isEqualTo(202);
        JsonNode job = Http.json(restarted);
        assertThat(job.get("status").asString()).isEqualTo("QUEUED");
        assertThat(job.get("restarts").asInt()).isEqualTo(1);
        assertThat(job.get("priority").asInt()).isEqualTo(8);
        assertThat(job.at("/request/workers").asInt()).isEqualTo(3);
        HttpResponse<String> again = http.send("POST", "/jobs/" + id + "/restart", "");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Http.json(again).get("detail").asString()).contains("QUEUED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"batchSize": 3}                | 422 | /batchSize
            {"workers": 0}                  | 422 | /workers
            {"priority": 10}                | 422 | /priority
            {"maxErrors": "many"}           | 422 | /maxErrors
            {"workers": 1                   | 400 |
            []                              | 400 |
            {} {}                           | 400 |
            """)
    void restartWhenTheBodyIsBadChangesNothing(String body, int status, String pointer) throws Exception {
        String id = id(post(JOB));
        rows.end(new JobId(id), Set.of(JobStatus.QUEUED), JobStatus.FAILED, null, null);
        HttpResponse<String> refused = restart(id, body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        if (pointer != null) {
            assertThat(Http.json(refused).at("/errors/0/pointer").asString()).isEqualTo(pointer);
        }
        assertThat(rows.find(new JobId(id)).orElseThrow().status()).isEqualTo(JobStatus.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000", "nonsense"})
    void restartWhenThereIsNoSuchJobIsNotFound(String id) throws Exception {
        assertThat(restart(id, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void apiDocsDescribeKeyAndRestart() throws Exception {
        JsonNode api = Http.json(http.get("/v3/api-docs"));
        assertThat(api.at("/paths/~1jobs/post/parameters").values())
                .filteredOn(parameter -> parameter.get("name").asString().equals("Idempotency-Key"))
                .singleElement()
                .satisfies(parameter -> {
                    assertThat(parameter.get("in").asString()).isEqualTo("header");
                    assertThat(parameter.get("required").asBoolean()).isFalse();
                    assertThat(parameter.at("/schema/maxLength").asInt()).isEqualTo(255);
                });
        JsonNode restart = api.at("/paths/~1jobs~1{id}~1restart/post");
        assertThat(restart.at("/responses").propertyNames()).containsExactlyInAnyOrder("202", "default");
        assertThat(restart.at("/requestBody/content").propertyNames()).containsExactly("application/json");
        assertThat(api.at("/components/schemas/RestartBody/properties").propertyNames())
                .containsExactlyInAnyOrder("maxErrors", "workers", "priority");
    }

    private HttpResponse<String> restart(String id, String body) throws IOException, InterruptedException {
        return http.send("POST", "/jobs/" + id + "/restart", body, "Content-Type", "application/json");
    }

    private HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return http.send("POST", "/jobs", body, all);
    }

    private static String id(HttpResponse<String> answer) {
        return Http.json(answer).get("id").asString();
    }
}
