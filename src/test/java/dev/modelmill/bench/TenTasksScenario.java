package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Ten tasks that come while a large job has all workers: how long they wait. */
final class TenTasksScenario implements Scenario {

    private static final int WORKERS = 2;

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        int rows = bench.options().rows();
        Path input = bench.digits(rows);
        List<Double> seconds = new ArrayList<>();
        int met = 0;
        try (Service service = bench.start("--modelmill.workers=" + WORKERS)) {
            service.run(InlineScenario.job(10));
            for (int run = 0; run < bench.options().runs(); run++) {
                String large =
                        service.submit("{\"model\": \"digits_mlp\", \"input\": {\"path\": \"%s\"}}".formatted(input));
                awaitProgress(service, large);
                seconds.add(service.run(InlineScenario.job(10)).seconds());
                met += service.api().job(large).get("finishedAt").isNull() ? 1 : 0;
                service.awaitEnd(large);
                service.api().delete("/jobs/" + large).ok();
            }
        }
        String work = "ten tasks while %,d rows run (still running after them: %d of %d)"
                .formatted(rows, met, bench.options().runs());
        table.row(work, "s", Sample.of(seconds), "under 1 s");
    }

    /** Waits until the job's workers have begun to give results. */
    private static void awaitProgress(Service service, String id) {
        JsonNode job = service.api().job(id);
        while (job.get("progress").get("succeeded").asLong() == 0
                && job.get("finishedAt").isNull()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            job = service.api().job(id);
        }
    }
}
