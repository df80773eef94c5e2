package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Part files that are damaged while the service is away: computed again. */
class DamagedPartsProcessTests {

    private final Site site = Site.create();
    private final Ledger ledger = new Ledger(site);

    @AfterEach
    void close() {
        site.close();
    }

    /** Each kind of damage meets a partition of its own. */
    @Test
    void partsAreComputedAgainWhenTheyAreDamaged() throws IOException {
        ServiceProcess service = site.start().ready();
        Promise promise = ledger.send(service.api(), JobKind.LONG);
        List<Integer> done = awaitDonePartitions(service.api(), promise.id());
        service.kill9();
        service.awaitExit(Duration.ofSeconds(60));
        for (Damage damage : Damage.values()) {
            for (Path part : parts(promise, done.get(damage.ordinal()))) {
                damage.to(part);
            }
        }
        ServiceProcess next = site.start().ready();
        assertThat(ledger.check(next.api()).all()).isEmpty();
        assertThat(next.log().lines().filter(line -> line.contains("is computed again")))
                .hasSize(Damage.values().length);
    }

    private static List<Integer> awaitDonePartitions(Api api, String id) {
        return Awaitility.await("some partitions are done")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> donePartitions(api, id), done -> done.size() >= Damage.values().length);
    }

    private static List<Integer> donePartitions(Api api, String id) {
        return api.get("/jobs/" + id + "/partitions")
                .ok()
                .json()
                .get("partitions")
                .valueStream()
                .filter(partition -> partition.get("state").asString().equals("done"))
                .map((JsonNode partition) -> partition.get("index").asInt())
                .toList();
    }

    /** The files of a partition, which begin with its number. */
    private List<Path> parts(Promise promise, int partition) throws IOException {
        Path folder = site.data().resolve("jobs").resolve(promise.id()).resolve("parts");
        String number = String.format("%05d.", partition);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> parts = files.filter(
                            file -> file.getFileName().toString().startsWith(number))
                    .toList();
            assertThat(parts).isNotEmpty();
            return parts;
        }
    }

    /** What happens to a part. */
    enum Damage {
        CHANGED {
            @Override
            void to(Path part) throws IOException {
                byte[] bytes = Files.readAllBytes(part);
                bytes[bytes.length / 2] ^= 1;
                Files.write(part, bytes);
            }
        },
        TRUNCATED {
            @Override
            void to(Path part) throws IOException {
                byte[] bytes = Files.readAllBytes(part);
                Files.write(part, Arrays.copyOf(bytes, bytes.length / 2));
            }
        },
        REMOVED {
            @Override
            void to(Path part) throws IOException {
                Files.delete(part);
            }
        };

        abstract void to(Path part) throws IOException;
    }
}
