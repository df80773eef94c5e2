package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Requests to a service whose data folder is full: each is told so, takes no space, and succeeds once there is space. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class FullDiskIntegrationTests {

    private static final String ROW = "5.1,3.5,1.4,0.2\n";
    private static final String HEADER = "sepal_length,sepal_width,petal_length,petal_width\n";

    @TempDir
    static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private boolean mounted;
    private Service service;
    private Path filler;

    @BeforeAll
    void start() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=32m", "none", data.toString());
        assumeThat(mounted).as("a small file system can be mounted").isTrue();
        service = Service.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        if (mounted) {
            service.close();
            run("umount", folder.resolve("data").toString());
        }
    }

    @BeforeEach
    void fill() throws IOException {
        filler = folder.resolve("data/filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    @AfterEach
    void free() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Test
    void uploadIsToldThatThereIsNoSpaceAndLeavesNoBytes() throws Exception {
        String input = HEADER + ROW.repeat(40_000);
        assertNoSpace(upload("/jobs", input));
        assertNoSpace(upload("/jobs?dryRun=true", input));
        free();
        HttpResponse<String> accepted = upload("/jobs", input);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String id = Service.JSON.readTree(accepted.body()).get("id").stringValue();
        assertThat(service.await(id).get("status").stringValue()).isEqualTo("COMPLETED");
    }

    @Test
    void tasksInABodyAreToldThatThereIsNoSpace() throws Exception {
        String task = "{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":0.2}";
        String body = "{\"model\":\"iris\",\"input\":{\"tasks\":[" + (task + ",").repeat(2_000) + task + "]}}";
        assertNoSpace(service.post("/jobs", body));
        assertNoSpace(service.post("/jobs?dryRun=true", body));
        assertNoSpace(service.post("/jobs", "{\"model\":\"iris\",\"input\":{\"tasks\":[" + task + "]}}"));
        free();
        assertThat(service.run(body).get("status").stringValue()).isEqualTo("COMPLETED");
    }

    @Test
    void jobOnAFileIsToldThatThereIsNoSpace() throws Exception {
        String body = "{\"model\":\"iris\",\"input\":{\"path\":\"examples/iris.csv\"}}";
        assertNoSpace(service.post("/jobs", body));
        assertThat(service.post("/jobs?dryRun=true", body).statusCode()).isEqualTo(200);
        free();
        assertThat(service.run(body).get("status").stringValue()).isEqualTo("COMPLETED");
    }

    private void assertNoSpace(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = Service.JSON.readTree(answer.body());
        assertThat(problem.get("code").stringValue()).isEqualTo("no_space");
        try (Stream<Path> left = Files.list(folder.resolve("data/incoming"))) {
            assertThat(left).allSatisfy(file -> assertThat(file).isEmptyFile());
        }
    }

    private HttpResponse<String> upload(String path, String input) throws Exception {
        String body = "--b\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n{\"model\":\"iris\"}\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"input\"; filename=\"t.csv\"\r\n\r\n" + input
                + "\r\n--b--\r\n";
        return client.send(
                HttpRequest.newBuilder(service.uri(path))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
