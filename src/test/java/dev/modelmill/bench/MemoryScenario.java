package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What four workers of a model of 200 MB hold beside what one holds. */
final class MemoryScenario implements Scenario {

    private static final int TASKS = 400;
    private static final int WORKERS = 4;

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        if (Files.notExists(bench.model("bulky"))) {
            BenchModels.writeBulky(bench.model("bulky"));
        }
        Path input = tasks(bench);
        List<Double> one = new ArrayList<>();
        List<Double> four = new ArrayList<>();
        for (int run = 0; run < bench.options().runs(); run++) {
            most(bench, input, 1, one);
            most(bench, input, WORKERS, four);
        }
        if (one.isEmpty()) {
            table.skipped("RSS of workers", "this system does not tell");
            return;
        }
        table.row("peak RSS, 1 worker of a 200 MB model", "MB", Sample.of(one));
        table.row("peak RSS, 4 workers of it", "MB", Sample.of(four), "1 worker", Sample.of(one), "at most 1.15");
    }

    private static Path tasks(Workbench bench) throws IOException {
        String task = "{\"x\": [" + String.join(", ", Collections.nCopies(64, "0.5")) + "]}\n";
        return BenchInputs.write(bench.home().resolve("input/bulky.jsonl"), out -> out.write(task.repeat(TASKS)));
    }

    private static void most(Workbench bench, Path input, int workers, List<Double> megabytes) throws IOException {
        String job = "{\"model\": \"bulky\", \"input\": {\"path\": \"%s\"}, \"workers\": %d, \"batchSize\": 4}"
                .formatted(input, workers);
        try (Service service = bench.start("--modelmill.workers=" + workers)) {
            int served = service.run(job).job().get("workers").size();
            if (served != workers) {
                throw new AssertionError(served + " workers served the job");
            }
            service.mostResident().ifPresent(megabytes::add);
        }
    }
}
