package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A model or an input that is another one when the service comes back. */
class ChangedFilesProcessTests {

    private final Site site = Site.create();
    private final Ledger ledger = new Ledger(site);

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void begunJobFailsWhenItsModelWasReplaced() throws IOException {
        Promise promise = killedInTheMiddle();
        Inputs.writeSlowModel(site.folder().resolve("models"), Inputs.STEPS + 1);
        assertFailed(promise, "model_changed");
    }

    @Test
    void begunJobFailsWhenItsInputWasChanged() throws IOException {
        Promise promise = killedInTheMiddle();
        Files.writeString(site.input(promise.kind().file()), "{\"x\":1}\n", StandardOpenOption.APPEND);
        assertFailed(promise, "input_changed");
    }

    private Promise killedInTheMiddle() {
        ServiceProcess service = site.start().ready();
        Promise promise = ledger.send(service.api(), JobKind.LONG);
        FailpointSession.awaitSomeDone(service.api(), promise.id());
        service.kill9();
        service.awaitExit(Duration.ofSeconds(60));
        return promise;
    }

    private void assertFailed(Promise promise, String code) {
        ServiceProcess service = site.start().ready();
        JsonNode job = Ledger.awaitEnd(service.api(), promise.id());
        assertThat(Ledger.status(job)).isEqualTo("FAILED");
        assertThat(job.get("error").get("code").asString()).isEqualTo(code);
        String results =
                service.api().get("/jobs/" + promise.id() + "/results").ok().text();
        Undisturbed expected = Undisturbed.of(site.build(), promise.kind());
        assertThat(new String(expected.results(), StandardCharsets.UTF_8)).startsWith(results);
    }
}
