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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Part files that are damaged while the service is away: computed again. */
class DamagedPartsProcessTests {

    private final Site site = Site.create();
    private final Ledger ledger = new Ledger(site);

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void partIsComputedAgainWhenItIsDamaged(Damage damage) throws IOException {
        ServiceProcess service = site.start().ready();
        Promise promise = ledger.send(service.api(), JobKind.LONG);
        List<Integer> done = awaitDonePartitions(service.api(), promise.id());
        service.kill9();
        service.awaitExit(Duration.ofSeconds(10));
        for (Path part : parts(promise, done)) {
            damage.to(part);
        }
        assertThat(ledger.check(site.start().ready().api()).all()).isEmpty();
    }

    private static List<Integer> awaitDonePartitions(Api api, String id) {
        return Awaitility.await("a partition is done")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> donePartitions(api, id), done -> !done.isEmpty());
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

    /** The files of the partitions that were done, which begin with their numbers. */
    private List<Path> parts(Promise promise, List<Integer> done) throws IOException {
        Path folder = site.data().resolve("jobs").resolve(promise.id()).resolve("parts");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> parts = files.filter(file -> done.stream()
                            .anyMatch(
                                    number -> file.getFileName().toString().startsWith(String.format("%05d.", number))))
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
