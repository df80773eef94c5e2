package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Thousands of tasks of JSONL through a heavy model: nothing but the model may show. */
final class EncoderScenario implements Scenario {

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        for (int workers : List.of(1, 2)) {
            measure(bench, table, workers);
        }
    }

    private static void measure(Workbench bench, Table table, int workers) throws IOException {
        int tasks = bench.options().tasks();
        Path input = bench.encoderTasks(tasks);
        String job =
                "{\"model\": \"encoder\", \"input\": {\"path\": \"%s\"}, \"workers\": %d}".formatted(input, workers);
        List<Double> service = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        int batch = 0;
        try (Service started = bench.start("--modelmill.workers=" + workers);
                BareModel model = new BareModel(bench.model("encoder"))) {
            batch = started.runAndDelete(warmUp(bench, workers)).batchSize();
            for (int run = 0; run < bench.options().runs(); run++) {
                service.add(started.runAndDelete(job).tasksPerSecond());
                bare.add(model.rowsPerSecond(batch, workers, tasks));
            }
        }
        String threads = workers == 1 ? "1 thread" : workers + " threads";
        table.row("bare encoder, batch " + batch + ", " + threads, "tasks/s", Sample.of(bare));
        String work = "encoder, %,d JSONL tasks, %d worker%s".formatted(tasks, workers, workers == 1 ? "" : "s");
        table.row(work, "tasks/s", Sample.of(service), "the bare model", Sample.of(bare), "0.97");
        if (workers == 2) {
            Peers.compare(bench, "encoder", work, Sample.of(service), table);
        }
    }

    /** Loads the model and finds its batch size. */
    private static String warmUp(Workbench bench, int workers) throws IOException {
        return "{\"model\": \"encoder\", \"input\": {\"path\": \"%s\"}, \"workers\": %d}"
                .formatted(bench.encoderTasks(512), workers);
    }
}
