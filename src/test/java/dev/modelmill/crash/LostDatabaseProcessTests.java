package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The file of the embedded database is gone or broken when the service comes back: the folders know all jobs. */
class LostDatabaseProcessTests {

    private static final Duration DEAD = Duration.ofSeconds(60);

    private final Site site = Site.onH2();
    private final Ledger ledger = new Ledger(site);

    @AfterEach
    void close() {
        site.close();
    }

    /** The start that finds one loss is the one that meets the next. */
    @Test
    void everyAcceptedJobIsThereWhenTheDatabaseIsLost() throws IOException {
        ServiceProcess service = site.start().ready();
        for (Loss loss : Loss.values()) {
            Promise ended = ledger.send(service.api(), JobKind.INLINE);
            Ledger.awaitEnd(service.api(), ended.id());
            Promise running = ledger.send(service.api(), JobKind.LONG);
            FailpointSession.awaitSomeDone(service.api(), running.id());
            ledger.send(service.api(), JobKind.PATH);
            ledger.send(service.api(), JobKind.UPLOAD);
            service.kill9();
            service.awaitExit(DEAD);
            loss.of(site.data().resolve("modelmill.mv.db"));
            service = site.start().ready();
            assertThat(ledger.check(service.api()).all()).as(loss.name()).isEmpty();
        }
    }

    /** What happens to the database's file. */
    enum Loss {
        DELETED {
            @Override
            void of(Path file) throws IOException {
                Files.delete(file);
            }
        },
        EMPTIED {
            @Override
            void of(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        OVERWRITTEN {
            @Override
            void of(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                Arrays.fill(bytes, (byte) 7);
                Files.write(file, bytes);
            }
        };

        abstract void of(Path file) throws IOException;
    }
}
