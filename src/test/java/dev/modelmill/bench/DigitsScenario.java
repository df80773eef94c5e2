package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A million rows of CSV through a small model by two workers: all that is around the model shows. */
final class DigitsScenario implements Scenario {

    private static final int BARE_BATCH = 256;
    private static final int WORKERS = 2;

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        int rows = bench.options().rows();
        Path input = bench.digits(rows);
        List<Double> results = new ArrayList<>();
        List<Double> output = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        double first;
        int batch = 0;
        try (Service service = bench.start("--modelmill.workers=" + WORKERS);
                BareModel model = new BareModel(bench.model("digits_mlp"))) {
            first = service.runAndDelete(job(input, "")).tasksPerSecond();
            for (int run = 0; run < bench.options().runs(); run++) {
                Service.Finished finished = service.runAndDelete(job(input, ""));
                batch = finished.batchSize();
                results.add(finished.tasksPerSecond());
                output.add(service.runAndDelete(job(input, toFile(bench))).tasksPerSecond());
                bare.add(model.rowsPerSecond(BARE_BATCH, WORKERS, rows));
            }
        }
        String work = "digits, %,d CSV rows, 2 workers".formatted(rows);
        String ofBare = "the bare model";
        table.row("bare digits model, batch 256, 2 threads", "rows/s", Sample.of(bare));
        table.row(work + ", batch " + batch, "rows/s", Sample.of(results), ofBare, Sample.of(bare), "");
        table.row(work + ", into a file", "rows/s", Sample.of(output), ofBare, Sample.of(bare), "");
        table.row(work + ", first job after the start", "rows/s", Sample.of(first));
        Peers.compare(bench, "digits", work, Sample.of(results), table);
    }

    private static String job(Path input, String more) {
        return "{\"model\": \"digits_mlp\", \"input\": {\"path\": \"%s\"}, \"workers\": %d%s}"
                .formatted(input, WORKERS, more);
    }

    private static String toFile(Workbench bench) {
        return ", \"output\": {\"path\": \"%s\", \"overwrite\": true}"
                .formatted(bench.home().resolve("output/digits.jsonl"));
    }
}
