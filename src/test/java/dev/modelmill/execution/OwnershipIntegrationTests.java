package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import dev.modelmill.job.owner.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Two services, one folder or one database. */
@ExtendWith(OutputCaptureExtension.class)
class OwnershipIntegrationTests {

    private static final String IRIS = "{\"model\": \"iris\", \"input\": {\"path\": \"examples/iris.csv\"}}";
    private static final String IMPATIENT = "--modelmill.takeover-wait=300ms";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void secondOnAFolderRefusesInOneClearText(CapturedOutput output) throws Exception {
        try (Service first = Service.start(folder)) {
            int before = output.length();
            assertThatException().isThrownBy(() -> Service.start(folder, IMPATIENT));
            assertThat(output.toString().substring(before))
                    .contains("APPLICATION FAILED TO START")
                    .contains("Another Modelmill holds the data folder: process "
                            + ProcessHandle.current().pid() + " on ")
                    .contains("This one has waited 300 ms for it.")
                    .contains("modelmill.data-dir")
                    .doesNotContain("\tat ", "Exception");
            assertThat(first.run(IRIS).get("status").stringValue()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void secondOnADatabaseRefuses(CapturedOutput output) throws Exception {
        String database = "--spring.datasource.url=" + PostgresServer.newDatabase();
        try (Service first = Service.start(folder.resolve("a"), database)) {
            assertThatException().isThrownBy(() -> Service.start(folder.resolve("b"), database, IMPATIENT));
            assertThat(output).contains("Another Modelmill holds the database: modelmill process ");
            assertThat(first.ask("/jobs").statusCode()).isEqualTo(200);
        }
        Service.start(folder.resolve("b"), database).close();
    }

    @Test
    void secondGoesOnWhenTheFirstEndsAndIsNotReadyBefore() throws Exception {
        int port = freePort();
        CompletableFuture<Service> starting;
        try (Service first = Service.start(folder)) {
            assertThat(first.isActive()).isTrue();
            starting = CompletableFuture.supplyAsync(() -> Service.start(folder, "--server.port=" + port));
            await().atMost(Duration.ofSeconds(120)).ignoreExceptions().until(() -> status(port, "liveness") == 200);
            assertThat(status(port, "readiness")).isEqualTo(503);
        }
        try (Service second = starting.get(120, TimeUnit.SECONDS)) {
            assertThat(status(port, "readiness")).isEqualTo(200);
            assertThat(second.run(IRIS).get("status").stringValue()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void damagedDatabaseIsSetAsideAndTheServiceStarts(CapturedOutput output) throws Exception {
        Service.start(folder).close();
        Path file = folder.resolve("data/modelmill.mv.db");
        Files.write(file, new byte[(int) Files.size(file)]);
        try (Service service = Service.start(folder)) {
            assertThat(service.run(IRIS).get("status").stringValue()).isEqualTo("COMPLETED");
        }
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            assertThat(files.map(each -> String.valueOf(each.getFileName())))
                    .anyMatch(name -> name.matches("modelmill\\.mv\\.db\\.damaged-\\d{8}T\\d{6}\\.\\d{3}Z"));
        }
        assertThat(output).contains("ERROR", "was set aside as modelmill.mv.db.damaged-");
    }

    private static int status(int port, String probe) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/health/" + probe);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
