package dev.modelmill.bench;

import dev.modelmill.job.log.EventLog;
import dev.modelmill.job.log.EventLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.slf4j.event.Level;

/**
 * A job whose workers logged a million lines: writing them, and reading a page near the first and near the last. The lines
 * are written into the folder of an ended job while no service runs, because no model here talks so much.
 */
final class LogsScenario implements Scenario {

    private static final int PAGES = 100;
    private static final int PAGE = 1_000;
    private static final long RUN = 2;
    private static final long RUN_SEQ = RUN * 1_000_000_000;

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        int lines = bench.options().lines();
        String id;
        try (Service service = bench.start()) {
            id = service.run(InlineScenario.job(1)).job().get("id").asString();
        }
        Path folder = bench.home().resolve("data/jobs").resolve(id);
        try (EventLogs logs = new EventLogs(Long.MAX_VALUE, java.time.Clock.systemUTC())) {
            EventLog log = logs.open(id, folder, RUN);
            linesPerSecond(log, lines / 10);
            double first = linesPerSecond(log, lines / 10);
            linesPerSecond(log, lines - 3 * (lines / 10));
            double last = linesPerSecond(log, lines / 10);
            table.row("logging, the second tenth of %,d lines".formatted(lines), "lines/s", Sample.of(first));
            table.row("logging, the last tenth", "lines/s", Sample.of(last), "the second", Sample.of(first), "");
        }
        try (Service service = Service.start(bench.home(), Workbench.packed(), List.of())) {
            Sample early = pages(service, id, RUN_SEQ + 100);
            Sample late = pages(service, id, RUN_SEQ + lines - PAGE - 100);
            table.row("1,000 log lines near the first", "ms", early);
            table.row("1,000 log lines near the last of %,d".formatted(lines), "ms", late, "the first", early, "");
        }
    }

    private static double linesPerSecond(EventLog log, int lines) {
        double milliseconds = Clock.milliseconds(() -> {
            for (int line = 0; line < lines; line++) {
                log.append(Instant.now(), Level.INFO, "digits_mlp-1", "a line as a model may write it, number " + line);
            }
        });
        return 1_000 * lines / milliseconds;
    }

    private static Sample pages(Service service, String id, long after) {
        return Clock.milliseconds(PAGES, () -> {
            long lines = service.api()
                    .get("/jobs/" + id + "/logs?limit=" + PAGE + "&after=" + after)
                    .ok()
                    .text()
                    .lines()
                    .count();
            if (lines != PAGE) {
                throw new AssertionError(lines + " lines");
            }
        });
    }
}
