package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.onnx.OnnxFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/** Models that take very long: what else there is goes on beside them. */
@Timeout(300)
class SlowModelsIntegrationTests {

    private static final String LOADING = "{\"model\": \"loads\", \"input\": {\"tasks\": [{\"x\": 1}]}}";
    private static final String HANGING =
            "{\"model\": \"hangs\", \"workers\": 1, \"input\": {\"tasks\": [{\"times\": 4000000000000000000}]}}";
    private static final String QUICK = "{\"model\": \"lookup\", \"input\": {\"tasks\": [{\"position\": 1}]}}";

    @TempDir
    Path folder;

    @BeforeEach
    void models() {
        new ModelsFolder(folder.resolve("models"))
                .with("loads", OnnxFiles.loop(30_000_000), "start-timeout: 10m")
                .with("hangs", OnnxFiles.loopByInput(), "timeout: 10m", "batch-size: 1")
                .with("lookup", OnnxFiles.lookup(), "batch-size: 4");
    }

    @Test
    void jobsThatWaitForTheirModelHoldNoConnection() throws Exception {
        try (Service service = start()) {
            List<String> loading = new ArrayList<>();
            for (int job = 0; job < 4; job++) {
                loading.add(service.submit(LOADING));
            }
            assertThat(status(service.run(QUICK))).isEqualTo("COMPLETED");
            for (String id : loading) {
                assertThat(status(Service.JSON.readTree(service.get("/jobs/" + id))))
                        .isEqualTo("RUNNING");
                service.post("/jobs/" + id + "/cancel", "");
            }
            for (String id : loading) {
                assertThat(status(service.await(id))).isEqualTo("CANCELLED");
            }
        }
    }

    @Test
    void jobThatWaitsBehindASuspectCanBeCancelled() throws Exception {
        String suspect;
        String waiting;
        try (Service service = start()) {
            suspect = service.submit(HANGING);
            waiting = service.run(QUICK).get("id").stringValue();
        }
        Files.delete(folder.resolve("data/jobs/" + waiting + "/end.json"));
        update("UPDATE job SET status = 'RUNNING', unproven_runs = 2 WHERE id = '" + suspect + "'");
        update("UPDATE job SET status = 'RUNNING', finished_at = NULL, unproven_runs = 1 WHERE id = '" + waiting + "'");
        try (Service service = start()) {
            service.post("/jobs/" + waiting + "/cancel", "");
            assertThat(status(service.await(waiting))).isEqualTo("CANCELLED");
            assertThat(status(Service.JSON.readTree(service.get("/jobs/" + suspect))))
                    .isEqualTo("RUNNING");
        }
    }

    @Test
    void othersBeginBesideASuspectThatTakesTooLongAndItIsNotBlamedForThat() throws Exception {
        String suspect;
        String behind;
        try (Service service = start()) {
            suspect = service.submit(HANGING);
            behind = service.run(QUICK).get("id").stringValue();
        }
        Files.delete(folder.resolve("data/jobs/" + behind + "/end.json"));
        update("UPDATE job SET status = 'RUNNING', unproven_runs = 2, trials = 1 WHERE id = '" + suspect + "'");
        update("UPDATE job SET status = 'RUNNING', finished_at = NULL, unproven_runs = 1 WHERE id = '" + behind + "'");
        try (Service service = Service.startWith(ShortTrials.class, folder, arguments())) {
            String waiting = service.submit(QUICK);
            assertThat(status(service.await(behind))).isEqualTo("COMPLETED");
            assertThat(status(service.await(waiting))).isEqualTo("COMPLETED");
            StoredJob job = service.bean(JobRows.class).find(new JobId(suspect)).orElseThrow();
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
            assertThat(job.unprovenRuns()).isEqualTo(2);
            assertThat(job.trials()).isEqualTo(2);
        }
    }

    @Test
    void suspectThatIsTriedAloneIsCountedUntilItsTimeIsOver() throws Exception {
        String suspect;
        try (Service service = start()) {
            suspect = service.submit(HANGING);
        }
        update("UPDATE job SET status = 'RUNNING', unproven_runs = 1 WHERE id = '" + suspect + "'");
        try (Service service = start()) {
            StoredJob job = service.bean(JobRows.class).find(new JobId(suspect)).orElseThrow();
            assertThat(job.unprovenRuns()).isEqualTo(2);
            assertThat(job.trials()).isEqualTo(1);
        }
    }

    /** Tries suspects for no time at all. */
    @Configuration(proxyBeanMethods = false)
    static class ShortTrials {

        @Bean
        @Primary
        TrialTime shortTrialTime() {
            return new TrialTime(Duration.ofMillis(100));
        }
    }

    private Service start() {
        return Service.start(folder, arguments());
    }

    private String[] arguments() {
        return new String[] {
            "--modelmill.workers=6",
            "--modelmill.models-dir=" + folder.resolve("models"),
            "--spring.datasource.hikari.minimum-idle=2",
            "--spring.datasource.hikari.maximum-pool-size=2"
        };
    }

    private static String status(JsonNode job) {
        return job.get("status").stringValue();
    }

    private void update(String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:" + folder.resolve("data/modelmill"), "sa", "");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
