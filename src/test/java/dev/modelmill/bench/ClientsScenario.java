package dev.modelmill.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Thousands of streams on one job against one. The job waits behind another until all are connected, and works for as long
 * as the encoder's tasks take.
 */
final class ClientsScenario implements Scenario {

    private static final String HEAP = "-Xmx1g";

    /** What the runs with so many clients gave. */
    private record Runs(int clients, List<Double> tasksPerSecond, List<Double> progressLate, List<Double> endsLate) {

        private Runs(int clients) {
            this(clients, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        Runs one = new Runs(1);
        Runs many = new Runs(bench.options().clients());
        List<String> java = new ArrayList<>(Workbench.packed());
        java.set(1, HEAP);
        String places = Integer.toString(bench.options().clients() + 100);
        try (Service service = bench.start(
                java,
                "--modelmill.workers=2",
                "--modelmill.max-running-jobs=1",
                "--server.tomcat.max-connections=" + places,
                "--server.tomcat.accept-count=" + places)) {
            Path input = bench.encoderTasks(bench.options().tasks());
            service.run(job(bench.encoderTasks(512)));
            for (int run = 0; run < bench.options().runs(); run++) {
                watched(service, input, one);
                watched(service, input, many);
            }
        }
        report(table, one, many);
    }

    private static String job(Path input) {
        return "{\"model\": \"encoder\", \"input\": {\"path\": \"%s\"}}".formatted(input);
    }

    private static void watched(Service service, Path input, Runs runs) throws IOException {
        String blocker = service.submit(job(input));
        String id = service.submit(job(input));
        URI stream = service.api().base().resolve("/jobs/" + id + "/progress");
        try (Crowd crowd = new Crowd(stream, runs.clients())) {
            service.api().post("/jobs/" + blocker + "/cancel", "").ok();
            crowd.awaitEnd();
            JsonNode job = service.completed(id);
            Instant finished = Instant.parse(job.get("finishedAt").asString());
            Duration took = Duration.between(Instant.parse(job.get("startedAt").asString()), finished);
            runs.tasksPerSecond().add(job.get("progress").get("succeeded").asLong() / (took.toNanos() / Service.NANOS));
            runs.progressLate().add(crowd.progressLate().percentile(99));
            runs.endsLate().add(crowd.endsLate(finished.toEpochMilli()).percentile(99));
        }
    }

    private static void report(Table table, Runs one, Runs many) {
        Sample alone = Sample.of(one.tasksPerSecond());
        String clients = "%,d clients".formatted(many.clients());
        table.row("encoder watched by 1 client", "tasks/s", alone);
        table.row(
                "encoder watched by " + clients, "tasks/s", Sample.of(many.tasksPerSecond()), "1 client", alone, "0.9");
        table.row(
                clients + ", progress after its first arrival, 99th percentile",
                "s",
                Sample.of(many.progressLate()),
                "at most 1 s");
        table.row(
                clients + ", end event after the job's end, 99th percentile",
                "s",
                Sample.of(many.endsLate()),
                "at most 1 s");
    }
}
