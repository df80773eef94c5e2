package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A PostgreSQL that is stopped and started again in the middle of a job. */
class DatabaseGoneProcessTests {

    private final Site site = Site.onPostgres();
    private final Ledger ledger = new Ledger(site);

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void jobEndsWithItsBytesWhenTheDatabaseComesBack() {
        ServiceProcess service =
                site.start("--spring.datasource.hikari.connection-timeout=2000").ready();
        Promise promise = ledger.send(service.api(), JobKind.LONG);
        FailpointSession.awaitSomeDone(service.api(), promise.id());
        site.database().stop();
        Awaitility.await("the service says that its database is gone")
                .atMost(Duration.ofSeconds(60))
                .until(() -> service.api().get("/jobs").status() == 503);
        assertThat(service.api().get("/actuator/health/liveness").status()).isEqualTo(200);
        site.database().start();
        Awaitility.await("ready again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> service.api().ready());
        JsonNode job = Ledger.awaitEnd(service.api(), promise.id());
        if (Ledger.status(job).equals("FAILED")) {
            assertThat(job.get("error").get("code").asString()).isEqualTo("storage_unavailable");
            ledger.restart(service.api(), promise);
        }
        assertThat(ledger.check(service.api()).all()).isEmpty();
    }

    @Test
    void jobsAreThereWhenServiceAndDatabaseDieTogether() {
        ServiceProcess service = site.start().ready();
        ledger.send(service.api(), JobKind.UPLOAD);
        Promise promise = ledger.send(service.api(), JobKind.LONG);
        FailpointSession.awaitSomeDone(service.api(), promise.id());
        service.kill9();
        site.database().stop();
        site.database().start();
        assertThat(ledger.check(site.start().ready().api()).all()).isEmpty();
    }
}
