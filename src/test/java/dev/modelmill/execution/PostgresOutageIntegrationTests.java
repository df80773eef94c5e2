package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modelmill.job.owner.PostgresServer;
import dev.modelmill.job.owner.Relay;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose PostgreSQL goes away and comes back. */
class PostgresOutageIntegrationTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String IRIS = "{\"model\": \"iris\", \"input\": {\"path\": \"examples/iris.csv\"}}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final String database = PostgresServer.newDatabase();
    private Relay relay;
    private Service service;

    @BeforeEach
    void start() throws Exception {
        relay = new Relay(PostgresServer.port());
        String url = database.replace(":" + PostgresServer.port(), ":" + relay.port());
        service = Service.start(
                folder, "--spring.datasource.url=" + url, "--spring.datasource.hikari.connection-timeout=1000");
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        relay.close();
    }

    @Test
    void serviceWhenTheDatabaseGoesAndComesIsNotReadyMeanwhile() throws Exception {
        assertThat(service.run(IRIS).get("status").stringValue()).isEqualTo("COMPLETED");
        relay.cut();
        awaited().until(() -> readiness() == 503);
        HttpResponse<String> refused = service.ask("/jobs");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(service.ask("/actuator/health/liveness").statusCode()).isEqualTo(200);
        relay.mend();
        awaited().until(() -> readiness() == 200);
        assertThat(service.run(IRIS).get("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(service.isActive()).isTrue();
    }

    @Test
    void serviceWhenAnotherTookTheDatabaseMeanwhileEnds() throws Exception {
        relay.cut();
        try (Connection other = DriverManager.getConnection(database + "&ApplicationName=other-service");
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtextextended('modelmill public', 0))");
            relay.mend();
            awaited().until(() -> !service.isActive());
        }
    }

    /** Spring Batch's own last write after a job's end may meet the cut, on a thread that is none of this test's. */
    private static ConditionFactory awaited() {
        return await().dontCatchUncaughtExceptions().atMost(LONG);
    }

    private int readiness() throws Exception {
        return service.ask("/actuator/health/readiness").statusCode();
    }
}
