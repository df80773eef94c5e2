package dev.modelmill.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;

/** Thousands of jobs in the list: what a new one and a page of the list cost with ten and with all of them. */
final class JobsScenario implements Scenario {

    private static final int FEW = 10;
    private static final int WARM_UP = 100;
    private static final int TIMES = 50;
    /** Submitted and not awaited yet; more would only wait in the queue. */
    private static final int IN_FLIGHT = 32;

    @Override
    public void measure(Workbench bench, Table table) throws IOException {
        int jobs = bench.options().jobs();
        try (Service service = bench.start()) {
            for (int i = 0; i < WARM_UP; i++) {
                service.runAndDelete(InlineScenario.job(1));
            }
            submit(service, FEW);
            Sample[] few = figures(service);
            submit(service, jobs - FEW - TIMES);
            Sample[] many = figures(service);
            String[] names = {"POST /jobs to end event", "GET /jobs, first page of 50", "GET /jobs, last page of 50"};
            for (int i = 0; i < names.length; i++) {
                table.row(names[i] + ", 10 jobs", "ms", few[i]);
                table.row(names[i] + ", %,d jobs".formatted(jobs), "ms", many[i], "10 jobs", few[i], "");
            }
        }
    }

    /** Has so many jobs of one task done. */
    private static void submit(Service service, int jobs) throws IOException {
        Deque<String> waiting = new ArrayDeque<>();
        for (int i = 0; i < jobs; i++) {
            waiting.add(service.submit(InlineScenario.job(1)));
            if (waiting.size() == IN_FLIGHT) {
                service.awaitEnd(waiting.remove());
            }
        }
        while (!waiting.isEmpty()) {
            service.awaitEnd(waiting.remove());
        }
    }

    private static Sample[] figures(Service service) {
        String last = lastPage(service);
        return new Sample[] {
            Clock.milliseconds(TIMES, () -> run(service)),
            Clock.milliseconds(TIMES, () -> service.api().get("/jobs?limit=50").ok()),
            Clock.milliseconds(TIMES, () -> service.api().get(last).ok())
        };
    }

    private static void run(Service service) {
        try {
            service.run(InlineScenario.job(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lastPage(Service service) {
        String page = "/jobs?limit=50";
        JsonNode next = service.api().get(page).ok().json().get("next");
        while (!next.isNull()) {
            page = "/jobs?limit=50&after=" + next.asString();
            next = service.api().get(page).ok().json().get("next");
        }
        return page;
    }
}
