package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was promised to users is kept when the database is lost, and when they restart, cancel and delete. */
class PromisesIntegrationTests {

    private static final String SHORT = "{\"model\": \"iris\", \"input\": {\"path\": \"examples/iris.csv\"}}";

    @TempDir
    private Path folder;

    private String slow = "";

    @BeforeEach
    void writeInput() throws Exception {
        StringBuilder rows = new StringBuilder("sepal_length,sepal_width,petal_length,petal_width\n");
        for (int i = 0; i < 60_000; i++) {
            rows.append(4 + i % 40 / 10.0)
                    .append(",3.")
                    .append(i % 7)
                    .append(",1.")
                    .append(i % 50)
                    .append(",0.2\n");
        }
        Service.write(folder.resolve("slow.csv"), rows.toString());
        slow = "{\"model\": \"iris\", \"batchSize\": 1, \"workers\": 1, \"input\": {\"path\": \""
                + folder.resolve("slow.csv") + "\"}}";
    }

    private Service start() {
        return Service.start(folder, "--modelmill.workers=1", "--modelmill.max-running-jobs=1");
    }

    @Test
    void jobsAreAsTheyWereWhenTheDatabaseIsLost() throws Exception {
        String completed;
        String before;
        String results;
        String running;
        String cancelled;
        String waiting;
        String deleted;
        try (Service service = start()) {
            completed = service.run(SHORT).get("id").stringValue();
            deleted = service.run(SHORT).get("id").stringValue();
            assertThat(service.send("DELETE", "/jobs/" + deleted, "").statusCode())
                    .isEqualTo(204);
            before = service.get("/jobs/" + completed);
            results = service.get("/jobs/" + completed + "/results");
            running = id(service.send("POST", "/jobs", slow, "Idempotency-Key", "the slow one"), 202);
            cancelled = service.submit(SHORT);
            waiting = service.submit(SHORT);
            assertThat(service.post("/jobs/" + cancelled + "/cancel", "").statusCode())
                    .isEqualTo(202);
        }
        loseDatabase();
        try (Service service = start()) {
            assertThat(service.get("/jobs/" + completed)).isEqualTo(before);
            assertThat(service.get("/jobs/" + completed + "/results"))
                    .isEqualTo(results)
                    .hasLineCount(150);
            assertThat(service.send("GET", "/jobs/" + deleted, "").statusCode()).isEqualTo(404);
            assertThat(status(service, cancelled)).isEqualTo("CANCELLED");
            assertThat(id(service.send("POST", "/jobs", slow, "Idempotency-Key", "the slow one"), 200))
                    .isEqualTo(running);
            assertThat(service.await(running).get("status").stringValue()).isEqualTo("COMPLETED");
            assertThat(service.get("/jobs/" + running + "/results")).hasLineCount(60_000);
            assertThat(service.await(waiting).get("status").stringValue()).isEqualTo("COMPLETED");
        }
    }

    private void loseDatabase() throws Exception {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("data"), "modelmill.*db")) {
            files.forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
        assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**modelmill.*");
    }

    @Test
    void restartGoesOnWhereTheJobWasCancelledAndGivesTheSameBytes() throws Exception {
        try (Service service = start()) {
            String undisturbed = service.run(slow).get("id").stringValue();
            String id = service.submit(slow);
            awaitResults(service, id);
            assertThat(service.post("/jobs/" + id + "/restart", "").statusCode())
                    .isEqualTo(409);
            assertThat(service.post("/jobs/" + id + "/cancel", "").statusCode()).isEqualTo(202);
            JsonNode cancelled = service.await(id);
            assertThat(cancelled.get("status").stringValue()).isEqualTo("CANCELLED");
            long done = cancelled.at("/progress/succeeded").longValue();
            assertThat(done).isBetween(1L, 59_999L);
            List<HttpResponse<String>> answers =
                    together(8, i -> service.post("/jobs/" + id + "/restart", "{\"workers\": null, \"priority\": 7}"));
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202, 409);
            HttpResponse<String> accepted = answers.stream()
                    .filter(answer -> answer.statusCode() == 202)
                    .reduce((one, other) -> {
                        throw new AssertionError("two restarts were accepted");
                    })
                    .orElseThrow();
            JsonNode again = Service.JSON.readTree(accepted.body());
            assertThat(again.get("restarts").intValue()).isEqualTo(1);
            assertThat(again.get("priority").intValue()).isEqualTo(7);
            assertThat(again.at("/progress/succeeded").longValue()).isGreaterThanOrEqualTo(done);
            assertThat(service.await(id).get("status").stringValue()).isEqualTo("COMPLETED");
            assertThat(service.get("/jobs/" + id + "/results"))
                    .isEqualTo(service.get("/jobs/" + undisturbed + "/results"));
        }
    }

    /** Reads the results, which only grow, until something is committed. */
    private static void awaitResults(Service service, String id) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (service.get("/jobs/" + id + "/results").isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void restartedJobIsCancelledNoMoreWhenTheDatabaseIsLost() throws Exception {
        String id;
        String blocking;
        try (Service service = start()) {
            blocking = service.submit(slow);
            id = service.submit(SHORT);
            service.post("/jobs/" + id + "/cancel", "");
            assertThat(service.post("/jobs/" + id + "/restart", "{\"maxErrors\": 3}")
                            .statusCode())
                    .isEqualTo(202);
            service.post("/jobs/" + blocking + "/cancel", "");
        }
        loseDatabase();
        try (Service service = start()) {
            assertThat(status(service, blocking)).isEqualTo("CANCELLED");
            JsonNode job = service.await(id);
            assertThat(job.get("status").stringValue()).isEqualTo("COMPLETED");
            assertThat(job.get("restarts").intValue()).isEqualTo(1);
            assertThat(job.at("/request/maxErrors").intValue()).isEqualTo(3);
        }
    }

    @Test
    void tenThousandRacingSubmitsOfAHundredKeysGiveAHundredJobs() throws Exception {
        int keys = 100;
        try (Service service = Service.start(folder, "--modelmill.workers=1")) {
            List<HttpResponse<String>> answers = together(
                    10_000, i -> service.send("POST", "/jobs", task(i % keys), "Idempotency-Key", "key-" + i % keys));
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 202);
            assertThat(answers.stream().filter(answer -> answer.statusCode() == 202))
                    .hasSize(keys);
            for (int key = 0; key < keys; key++) {
                List<String> ids = new ArrayList<>();
                for (int i = key; i < answers.size(); i += keys) {
                    ids.add(Service.JSON
                            .readTree(answers.get(i).body())
                            .get("id")
                            .stringValue());
                }
                assertThat(ids).containsOnly(ids.get(0));
            }
            assertThat(Service.JSON.readTree(service.get("/jobs?limit=1000")).get("jobs"))
                    .hasSize(keys);
            assertThat(folder.resolve("data/incoming")).isEmptyDirectory();
        }
    }

    @Test
    void racingSubmitsOfOneKeyWithDifferentBodiesGiveOneJob() throws Exception {
        try (Service service = Service.start(folder, "--modelmill.workers=1")) {
            List<HttpResponse<String>> answers =
                    together(64, i -> service.send("POST", "/jobs", task(i % 8), "Idempotency-Key", "one"));
            assertThat(answers.stream().filter(answer -> answer.statusCode() == 202))
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                    .hasSize(7);
            assertThat(answers.stream().filter(answer -> answer.statusCode() == 422))
                    .hasSize(56)
                    .allMatch(answer -> answer.body().contains("\"idempotency_key_reused\""));
            assertThat(folder.resolve("data/incoming")).isEmptyDirectory();
        }
    }

    private static String task(int number) {
        return "{\"model\": \"iris\", \"input\": {\"tasks\": [{\"sepal_length\": 5." + number
                + ", \"sepal_width\": 3.5, \"petal_length\": 1.4, \"petal_width\": 0.2}]}}";
    }

    private static String status(Service service, String id) throws Exception {
        return Service.JSON.readTree(service.get("/jobs/" + id)).get("status").stringValue();
    }

    private static String id(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Service.JSON.readTree(answer.body()).get("id").stringValue();
    }

    /** One request of many. */
    private interface Request {

        HttpResponse<String> send(int number) throws Exception;
    }

    /** The answers to requests that are sent by 32 threads which begin together. */
    private static List<HttpResponse<String>> together(int count, Request request) throws Exception {
        int threads = Math.min(count, 32);
        CyclicBarrier begin = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<HttpResponse<String>>> pending = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                pending.add(executor.submit(() -> {
                    if (number < threads) {
                        begin.await(60, TimeUnit.SECONDS);
                    }
                    return request.send(number);
                }));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> each : pending) {
                answers.add(each.get(120, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            executor.shutdown();
        }
    }
}
