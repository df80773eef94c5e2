package dev.modelmill.powerloss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.powerloss.Promise.Outcome;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a client does while the service is recorded; notes each answer. One request at a time. Confined to one thread. */
final class RecordedRun {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int MANY = 12;

    private final Path disk;
    private final Path logFile;
    private final Orders orders;
    private final List<Noted> noted = new ArrayList<>();
    private final Map<String, Expected> expected = new HashMap<>();
    private final Map<String, byte[]> outputs = new HashMap<>();

    /** A deed as the client saw it: lengths of the log before the request and after the answer. */
    private record Noted(Order order, String id, Outcome outcome, long sent, long after) {}

    RecordedRun(Path disk, Path logFile) throws IOException {
        this.disk = disk;
        this.logFile = logFile;
        orders = new Orders(disk.resolve("output"));
    }

    void act(ServiceProcess service) throws IOException {
        String uploaded = submit(service, orders.upload("uploaded", MANY, "uploaded.csv"));
        Order cancelledOrder = orders.upload("cancelled", MANY, null);
        String cancelled = submit(service, cancelledOrder);
        Order waitingOrder = orders.inline("waiting");
        String waiting = submit(service, waitingOrder);
        cancel(service, waitingOrder, waiting);
        awaitBegun(service, cancelled);
        cancel(service, cancelledOrder, cancelled);
        Order readOrder = orders.path("read");
        String read = submit(service, readOrder);
        Order inlineOrder = orders.inline("inline");
        String inline = submit(service, inlineOrder);
        String compressed = submit(service, orders.compressed("compressed", MANY));
        awaitCompleted(service, inlineOrder, inline);
        delete(service, inlineOrder, inline);
        restart(service, waitingOrder, waiting);
        awaitCompleted(service, readOrder, read);
        awaitCompleted(service, orders.compressed("compressed", MANY), compressed);
        awaitCompleted(service, orders.upload("uploaded", MANY, null), uploaded);
        delete(service, readOrder, read);
        submit(service, orders.inline("last"));
        awaitBegun(service, submit(service, orders.upload("interrupted", MANY, null)));
        keepOutputs();
    }

    private String submit(ServiceProcess service, Order order) throws IOException {
        long sent = Files.size(logFile);
        HttpResponse<byte[]> answer = service.submit(order);
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(202);
        String id = ServiceProcess.JSON.readTree(answer.body()).get("id").stringValue();
        note(order, id, Outcome.COMPLETED, sent);
        return id;
    }

    private void cancel(ServiceProcess service, Order order, String id) throws IOException {
        long sent = Files.size(logFile);
        assertThat(service.post("/jobs/" + id + "/cancel").statusCode()).isEqualTo(202);
        note(order, id, Outcome.CANCELLED, sent);
    }

    private void restart(ServiceProcess service, Order order, String id) throws IOException {
        long sent = Files.size(logFile);
        assertThat(service.post("/jobs/" + id + "/restart").statusCode()).isEqualTo(202);
        note(order, id, Outcome.COMPLETED, sent);
    }

    private void delete(ServiceProcess service, Order order, String id) throws IOException {
        long sent = Files.size(logFile);
        assertThat(service.delete("/jobs/" + id).statusCode()).isEqualTo(204);
        note(order, id, Outcome.GONE, sent);
    }

    private void note(Order order, String id, Outcome outcome, long sent) throws IOException {
        noted.add(new Noted(order, id, outcome, sent, Files.size(logFile)));
    }

    private void awaitBegun(ServiceProcess service, String id) {
        long begun = System.nanoTime();
        while (service.job(id).get("progress").get("succeeded").asLong() == 0) {
            service.pause(begun, LIMIT);
        }
    }

    private void awaitCompleted(ServiceProcess service, Order order, String id) {
        long begun = System.nanoTime();
        JsonNode job = service.job(id);
        while (!job.get("status").stringValue().startsWith("COMPLETED")) {
            service.pause(begun, LIMIT);
            job = service.job(id);
        }
        byte[] results = service.get("/jobs/" + id + "/results").body();
        byte[] errors = service.get("/jobs/" + id + "/errors").body();
        expected.put(order.input(), new Expected(results, errors).complete(order.tasks()));
    }

    private void keepOutputs() throws IOException {
        try (Stream<Path> files = Files.list(disk.resolve("output"))) {
            for (Path file : files.toList()) {
                outputs.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }

    /** What was recorded; the run has ended. */
    Recording recording() throws IOException {
        DiskLog log = DiskLog.read(logFile);
        Map<String, Promise> promises = new HashMap<>();
        for (Noted each : noted) {
            promises.computeIfAbsent(each.id(), id -> new Promise(each.order(), id, new ArrayList<>()))
                    .deeds()
                    .add(new Promise.Deed(each.outcome(), each.sent(), log.lastAnswerBefore(each.after())));
        }
        return new Recording(log, List.copyOf(promises.values()), expected, outputs);
    }
}
