package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ten times the rows: neither slower nor larger in memory. */
final class LargeScenario implements Scenario {

    private static final int TIMES = 10;

    /** What the runs over one input gave. */
    private record Runs(int rows, List<Double> rowsPerSecond, List<Double> megabytes) {

        private Runs(int rows) {
            this(rows, new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        Runs small = new Runs(bench.options().rows());
        Runs large = new Runs(TIMES * bench.options().rows());
        for (int run = 0; run < bench.options().runs(); run++) {
            add(bench, small);
            add(bench, large);
        }
        report(table, small, large);
    }

    private static void add(Workbench bench, Runs runs) throws IOException {
        Path warmUp = bench.digits(bench.options().rows());
        Path input = bench.digits(runs.rows());
        try (Service service = bench.start("--modelmill.workers=2")) {
            service.runAndDelete(job(warmUp));
            runs.rowsPerSecond().add(service.runAndDelete(job(input)).tasksPerSecond());
            service.mostResident().ifPresent(runs.megabytes()::add);
        }
    }

    private static String job(Path input) {
        return "{\"model\": \"digits_mlp\", \"input\": {\"path\": \"%s\"}}".formatted(input);
    }

    private static void report(Table table, Runs small, Runs large) {
        String less = "%,d rows".formatted(small.rows());
        String more = "digits, %,d rows".formatted(large.rows());
        Sample speed = Sample.of(small.rowsPerSecond());
        table.row("digits, " + less, "rows/s", speed);
        table.row(more, "rows/s", Sample.of(large.rowsPerSecond()), less, speed, "0.95");
        if (!small.megabytes().isEmpty()) {
            Sample memory = Sample.of(small.megabytes());
            table.row("peak RSS, " + less, "MB", memory);
            table.row("peak RSS, " + more, "MB", Sample.of(large.megabytes()), less, memory, "the same");
        }
    }
}
