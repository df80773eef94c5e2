package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ModelsFolder;
import dev.modelmill.model.onnx.OnnxFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs that are cancelled, or die, while they write their output: it is there whole when they completed, else not at all. */
@Timeout(300)
class OutputCancelIntegrationTests {

    private static final int TASKS = 20_000;

    @TempDir
    private Path folder;

    private Service service;

    @BeforeEach
    void start() throws Exception {
        new ModelsFolder(folder.resolve("models")).with("lookup", OnnxFiles.lookup(), "batch-size: 512");
        String filler = "x".repeat(1_000);
        try (BufferedWriter tasks = Files.newBufferedWriter(folder.resolve("long.jsonl"))) {
            for (int i = 0; i < TASKS; i++) {
                tasks.write("{\"position\": " + i % 3 + ", \"filler\": \"" + filler + "\"}\n");
            }
        }
        Files.createDirectories(folder.resolve("output"));
        service = open();
    }

    private Service open() {
        return Service.start(folder, "--modelmill.workers=2", "--modelmill.models-dir=" + folder.resolve("models"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** A cancel comes too late where the output is written before it is sent; not every time. */
    @Test
    void cancelWhileTheOutputIsWrittenIsHeard() throws Exception {
        String end = "";
        for (int attempt = 0; attempt < 20 && !end.equals("CANCELLED"); attempt++) {
            String output = "output/heard-" + attempt + ".csv";
            String id = service.submit(job(output));
            awaitPrepared(id, output);
            service.post("/jobs/" + id + "/cancel", "");
            end = ended(id, output);
        }
        assertThat(end).isEqualTo("CANCELLED");
    }

    @Test
    void cancelRacingWithTheRenameGivesOneOrTheOther() throws Exception {
        Random random = new Random(11);
        for (int attempt = 0; attempt < 30; attempt++) {
            String output = "output/race-" + attempt + ".jsonl";
            String id = service.submit("{\"model\": \"lookup\", \"input\": {\"tasks\": [{\"position\": 1}]},"
                    + " \"output\": {\"path\": \"" + folder.resolve(output) + "\"}}");
            for (int look = random.nextInt(30); look > 0; look--) {
                service.get("/jobs/" + id);
            }
            service.post("/jobs/" + id + "/cancel", "");
            ended(id, output);
        }
    }

    @Test
    void jobThatIsCancelledAfterADeathInItsOutputLeavesNothingOfIt() throws Exception {
        String output = "output/dead.jsonl";
        String id = service.submit(job(output));
        service.post("/jobs/" + id + "/cancel", "");
        service.await(id);
        Files.writeString(part(id, folder.resolve(output)), "half");
        service.post("/jobs/" + id + "/restart", "");
        service.post("/jobs/" + id + "/cancel", "");
        ended(id, output);
    }

    private String job(String output) {
        return "{\"model\": \"lookup\", \"input\": {\"path\": \"" + folder.resolve("long.jsonl")
                + "\"}, \"include\": [\"input\"], \"output\": {\"path\": \"" + folder.resolve(output) + "\"}}";
    }

    private void awaitPrepared(String id, String output) {
        Path target = folder.resolve(output);
        Awaitility.await("the output is begun")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Files.exists(part(id, target)) || Files.exists(target));
    }

    private static Path part(String id, Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + id + ".part");
    }

    /** Waits for the end of a job and looks at what it has left; its status. */
    private String ended(String id, String output) throws Exception {
        JsonNode job = service.await(id);
        String status = job.get("status").stringValue();
        Path target = folder.resolve(output);
        List<String> there = left(target.getFileName().toString());
        if (status.equals("COMPLETED")) {
            assertThat(there).containsExactly(target.getFileName().toString(), target.getFileName() + ".errors.jsonl");
            assertThat(lines(target))
                    .isEqualTo(job.at("/progress/total").intValue() + (output.endsWith(".csv") ? 1 : 0));
        } else {
            assertThat(status).isEqualTo("CANCELLED");
            assertThat(there).isEmpty();
        }
        return status;
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.count();
        }
    }

    private List<String> left(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("output"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.contains(name))
                    .sorted()
                    .toList();
        }
    }
}
