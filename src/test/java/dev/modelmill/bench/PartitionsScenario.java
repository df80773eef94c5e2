package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a partition costs where there are many: a job whose model was slow when it was first used is cut into a thousand,
 * and then does nearly nothing in each.
 */
final class PartitionsScenario implements Scenario {

    private static final int SLOW_STEPS = 100_000;
    private static final int SLOW_TASKS = 16;
    private static final int FEW = 10_000;
    private static final int MANY = 150_000;

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        Files.writeString(bench.model("steps").resolveSibling("model.yml"), "batching: none\n");
        Path slow = tasks(bench, SLOW_TASKS, SLOW_STEPS);
        Path few = tasks(bench, FEW, 0);
        Path many = tasks(bench, MANY, 0);
        try (Service service = bench.start("--modelmill.workers=2")) {
            service.run(job(slow));
            service.run(job(few));
            Sample fewest = measure(bench, table, service, few, FEW, null);
            measure(bench, table, service, many, MANY, fewest);
        }
    }

    private static Path tasks(Workbench bench, int tasks, int steps) throws IOException {
        String task = "{\"times\": [" + steps + "]}\n";
        return BenchInputs.write(
                bench.home().resolve("input/steps_" + tasks + ".jsonl"), out -> out.write(task.repeat(tasks)));
    }

    private static String job(Path input) {
        return "{\"model\": \"steps\", \"input\": {\"path\": \"%s\"}}".formatted(input);
    }

    private static Sample measure(
            Workbench bench, Table table, Service service, Path input, int tasks, @Nullable Sample fewer)
            throws IOException {
        List<Double> perPartition = new ArrayList<>();
        List<Double> page = new ArrayList<>();
        int partitions = 0;
        for (int run = 0; run < bench.options().runs(); run++) {
            Service.Finished finished = service.run(job(input));
            String id = finished.job().get("id").asString();
            page.add(Clock.milliseconds(() -> service.api().get("/jobs/" + id).ok()));
            partitions = service.api()
                    .get("/jobs/" + id + "/partitions")
                    .ok()
                    .json()
                    .get("partitions")
                    .size();
            perPartition.add(1_000 * finished.seconds() / partitions);
        }
        String work = "a job of %,d partitions and %,d tasks".formatted(partitions, tasks);
        Sample sample = Sample.of(perPartition);
        if (fewer == null) {
            table.row(work + ", a partition", "ms", sample);
        } else {
            table.row(work + ", a partition", "ms", sample, "fewer partitions", fewer, "");
        }
        table.row(work + ", GET /jobs/{id}", "ms", Sample.of(page));
        return sample;
    }
}
