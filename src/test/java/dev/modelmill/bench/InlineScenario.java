package dev.modelmill.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One task inside a request to a model that is loaded: from the request to the {@code end} event. */
final class InlineScenario implements Scenario {

    private static final int WARM_UP = 50;
    private static final int TIMES = 200;

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        List<Double> milliseconds = new ArrayList<>();
        try (Service service = bench.start()) {
            for (int i = 0; i < WARM_UP + TIMES; i++) {
                double seconds = service.run(job(1)).seconds();
                if (i >= WARM_UP) {
                    milliseconds.add(1_000 * seconds);
                }
            }
        }
        Sample sample = Sample.of(milliseconds);
        table.row("one task inline, request to end event", "ms", sample, "under 50 ms");
        table.figure("the same, 99th percentile", "ms", sample.percentile(99), TIMES, "under 150 ms");
    }

    /** A job of so many tasks of the digits inside the request. */
    static String job(int tasks) {
        String task = "{\"pixels\": [" + String.join(", ", Collections.nCopies(64, "3")) + "]}";
        return "{\"model\": \"digits_mlp\", \"input\": {\"tasks\": [%s]}}"
                .formatted(String.join(", ", Collections.nCopies(tasks, task)));
    }
}
