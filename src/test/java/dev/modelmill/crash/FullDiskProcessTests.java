package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A data folder on a disk that runs full and has space again later. */
class FullDiskProcessTests {

    private static final Duration HEALED = Duration.ofSeconds(30);

    private Site site = Site.create();
    private SmallDisk disk;
    private Ledger ledger;
    private ServiceProcess service;

    @BeforeEach
    void start() {
        disk = SmallDisk.mount(site.folder().resolve("disk"), 64);
        site = site.dataIn(disk.folder().resolve("data"));
        ledger = new Ledger(site);
        service = site.start("--management.health.diskspace.threshold=2MB").ready();
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
        if (disk != null) {
            disk.close();
        }
        site.close();
    }

    @Test
    void jobEndsWithItsBytesWhenTheDiskHasSpaceAgain() {
        Promise promise = ledger.send(service.api(), JobKind.LONG);
        FailpointSession.awaitSomeDone(service.api(), promise.id());
        disk.fill();
        Awaitility.await("the service lives on a full disk")
                .during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> service.api().get("/actuator/health/liveness").status() == 200);
        disk.free();
        Awaitility.await("ready again").atMost(HEALED).until(() -> service.api().ready());
        JsonNode job = Ledger.awaitEnd(service.api(), promise.id());
        if (Ledger.status(job).equals("FAILED")) {
            assertThat(job.get("error").get("code").asString()).isEqualTo("no_space");
            ledger.restart(service.api(), promise);
        }
        ledger.send(service.api(), JobKind.UPLOAD);
        assertThat(ledger.check(service.api()).all()).isEmpty();
    }

    @Test
    void uploadIsRefusedWhenTheDiskIsFull() {
        disk.fill();
        Api.Answer answer = JobKind.UPLOAD.send(service.api(), site, "refused");
        assertThat(answer.status()).as(answer.text()).isEqualTo(507);
        assertThat(answer.json().get("status").asInt()).isEqualTo(507);
        disk.free();
        Awaitility.await("uploads are taken again")
                .atMost(HEALED)
                .until(() -> JobKind.UPLOAD.send(service.api(), site, "later").status() == 202);
        assertThat(service.api().get("/jobs").text()).doesNotContain("refused");
    }
}
