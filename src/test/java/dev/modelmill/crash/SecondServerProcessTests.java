package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two services on one data folder: the second waits, and takes over or gives up. */
class SecondServerProcessTests {

    private final Site site = Site.create();
    private final Ledger ledger = new Ledger(site);

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void startIsRefusedWithTheHoldersNameWhenTheFolderStaysTaken() {
        ServiceProcess first = site.start().ready();
        ServiceProcess second = site.start("--modelmill.takeover-wait=3s");
        assertThat(second.awaitReady()).as("the second is ready").isFalse();
        assertThat(second.awaitExit(Duration.ofSeconds(20))).isNotZero();
        assertThat(second.log()).contains(Long.toString(first.pid()));
        assertThat(first.api().ready()).isTrue();
    }

    @Test
    void secondTakesOverWhenTheFirstIsKilled() {
        ServiceProcess first = site.start().ready();
        Promise promise = ledger.send(first.api(), JobKind.LONG);
        ServiceProcess second = site.start("--modelmill.takeover-wait=2m");
        Awaitility.await("the second is up")
                .atMost(ServiceProcess.START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> second.log().contains(Long.toString(first.pid())));
        FailpointSession.awaitSomeDone(first.api(), promise.id());
        assertThat(second.api().ready()).isFalse();
        first.kill9();
        assertThat(ledger.check(second.ready().api()).all()).isEmpty();
    }
}
