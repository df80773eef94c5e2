package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file of the embedded database is gone or broken when the service comes back: the folders know all jobs. */
class LostDatabaseProcessTests {

    private final Site site = Site.onH2();
    private final Ledger ledger = new Ledger(site);

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void everyAcceptedJobIsThereWhenTheDatabaseIsLost(Loss loss) throws IOException {
        ServiceProcess service = site.start().ready();
        Promise ended = ledger.send(service.api(), JobKind.INLINE);
        Ledger.awaitEnd(service.api(), ended.id());
        Promise running = ledger.send(service.api(), JobKind.LONG);
        FailpointSession.awaitSomeDone(service.api(), running.id());
        ledger.send(service.api(), JobKind.PATH);
        ledger.send(service.api(), JobKind.UPLOAD);
        service.kill9();
        service.awaitExit(Duration.ofSeconds(10));
        loss.of(site.data().resolve("modelmill.mv.db"));
        assertThat(ledger.check(site.start().ready().api()).all()).isEmpty();
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
