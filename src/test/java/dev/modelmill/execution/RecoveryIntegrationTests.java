package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a start of the service makes of rows and files that an earlier one left behind. */
class RecoveryIntegrationTests {

    private static final String DIGITS =
            "{\"model\": \"digits\", \"input\": {\"path\": \"examples/digits.csv\"}, \"batchSize\": 16, \"workers\": 1}";

    @TempDir
    Path folder;

    /** What may have happened to a part file. */
    enum Damage {
        MISSING {
            @Override
            void happenTo(Path part) throws IOException {
                Files.delete(part);
            }
        },
        SHORT {
            @Override
            void happenTo(Path part) throws IOException {
                byte[] bytes = Files.readAllBytes(part);
                Files.write(part, java.util.Arrays.copyOf(bytes, bytes.length / 2));
            }
        },
        DIFFERENT {
            @Override
            void happenTo(Path part) throws IOException {
                byte[] bytes = Files.readAllBytes(part);
                bytes[bytes.length / 3] ^= 1;
                Files.write(part, bytes);
            }
        };

        abstract void happenTo(Path part) throws IOException;
    }

    @Test
    void partThatDiffersFromItsRowIsComputedAgain() throws Exception {
        Map<Damage, String> ids = new EnumMap<>(Damage.class);
        String results = "";
        try (Service service = start()) {
            for (Damage damage : Damage.values()) {
                String id = service.run(DIGITS).get("id").stringValue();
                results = service.get("/jobs/" + id + "/results");
                ids.put(damage, id);
            }
        }
        for (Damage damage : Damage.values()) {
            String id = ids.get(damage);
            damage.happenTo(parts(id).resolve("00000.1.results"));
            Files.writeString(parts(id).resolve("00000.7.results"), "what no row names");
            runsStill(id, 0);
        }
        try (Service service = start()) {
            for (Damage damage : Damage.values()) {
                String id = ids.get(damage);
                JsonNode job = service.await(id);
                assertThat(job.get("status").stringValue()).as(damage.name()).isEqualTo("COMPLETED");
                assertThat(job.at("/progress/succeeded").intValue()).isEqualTo(1797);
                assertThat(service.get("/jobs/" + id + "/results"))
                        .as(damage.name())
                        .isEqualTo(results);
                assertThat(parts(id).resolve("00000.2.results"))
                        .as(damage.name())
                        .exists();
                assertThat(parts(id).resolve("00000.7.results")).doesNotExist();
            }
        }
    }

    private Path parts(String id) {
        return folder.resolve("data/jobs/" + id + "/parts");
    }

    @Test
    void jobRunsWhenSpringBatchsSequencesWereLostInACrash() throws Exception {
        try (Service service = start()) {
            service.run(DIGITS);
        }
        for (String key : List.of("JOB_INSTANCE", "JOB_EXECUTION", "STEP_EXECUTION")) {
            try (Connection connection = database();
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER SEQUENCE BATCH_" + key + "_SEQ RESTART WITH 1");
            }
        }
        try (Service service = start()) {
            assertThat(service.run(DIGITS).get("status").stringValue()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void jobThatWasRunningInThreeDeathsFailsAndItsNeighboursGoOn() throws Exception {
        String[] ids = new String[3];
        try (Service service = start()) {
            for (int i = 0; i < ids.length; i++) {
                ids[i] = service.run(DIGITS).get("id").stringValue();
            }
        }
        runsStill(ids[0], 1);
        runsStill(ids[1], 3);
        runsStill(ids[2], 2);
        try (Service service = start()) {
            JsonNode killer = service.await(ids[1]);
            assertThat(killer.get("status").stringValue()).isEqualTo("FAILED");
            assertThat(killer.at("/error/code").stringValue()).isEqualTo("crash_loop");
            assertThat(service.await(ids[0]).get("status").stringValue()).isEqualTo("COMPLETED");
            assertThat(service.await(ids[2]).get("status").stringValue()).isEqualTo("COMPLETED");
        }
        assertThat(number("SELECT SUM(unproven_runs) FROM job")).isZero();
    }

    @Test
    void jobThatWasToBeCancelledIsCancelled() throws Exception {
        String id;
        try (Service service = start()) {
            id = service.run(DIGITS).get("id").stringValue();
        }
        runsStill(id, 0);
        update("UPDATE job SET status = 'CANCELLING' WHERE id = '" + id + "'");
        try (Service service = start()) {
            assertThat(service.await(id).get("status").stringValue()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void orderlyEndsAreNoDeaths() throws Exception {
        StringBuilder rows = new StringBuilder("sepal_length,sepal_width,petal_length,petal_width\n");
        rows.append("5.1,3.5,1.4,0.2\n".repeat(100_000));
        Files.writeString(folder.resolve("long.csv"), rows, StandardCharsets.UTF_8);
        String id;
        try (Service service = start()) {
            id = service.submit("{\"model\": \"iris\", \"batchSize\": 1, \"workers\": 1, \"input\": {\"path\": \""
                    + folder.resolve("long.csv") + "\"}}");
        }
        for (int i = 0; i < 4; i++) {
            start().close();
            assertThat(number("SELECT unproven_runs FROM job")).isZero();
        }
        try (Service service = start()) {
            JsonNode job = service.await(id);
            assertThat(job.get("status").stringValue()).isEqualTo("COMPLETED");
            assertThat(job.at("/progress/succeeded").intValue()).isEqualTo(100_000);
        }
    }

    private Service start() {
        return Service.start(folder, "--modelmill.workers=2");
    }

    /** Makes a job look as if the service had died while it ran. */
    private void runsStill(String id, int unprovenRuns) throws Exception {
        Files.delete(folder.resolve("data/jobs/" + id + "/end.json"));
        update("UPDATE job SET status = 'RUNNING', finished_at = NULL, unproven_runs = " + unprovenRuns
                + " WHERE id = '" + id + "'");
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + folder.resolve("data/modelmill"), "sa", "");
    }
}
