package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A folder of outputs that can't be written for a while. */
class ReadOnlyFolderProcessTests {

    private final Site site = Site.create();
    private final Ledger ledger = new Ledger(site);

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void jobIsCompletedByRestartWhenItsOutputCouldNotBeWritten() {
        try (SmallDisk output = SmallDisk.mount(site.folder().resolve("output"), 16)) {
            ServiceProcess service = site.start().ready();
            output.readOnly(true);
            Promise promise = ledger.send(service.api(), JobKind.PATH);
            JsonNode job = Ledger.awaitEnd(service.api(), promise.id());
            assertThat(Ledger.status(job)).isEqualTo("FAILED");
            assertThat(job.get("error").get("code").asString()).isEqualTo("storage_unavailable");
            assertThat(output.folder()).isEmptyDirectory();
            output.readOnly(false);
            ledger.restart(service.api(), promise);
            assertThat(ledger.check(service.api()).all()).isEmpty();
        }
    }
}
