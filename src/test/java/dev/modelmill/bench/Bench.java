package dev.modelmill.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the service: {@code bench/service [SCENARIO …] [--runs N] [--rows N] …}. */
final class Bench {

    private static final PrintStream OUT = System.out;
    private static final PrintStream PROGRESS = System.err;
    /** Hours long, so only by name. */
    private static final List<String> BY_NAME = List.of("inputs", "large");

    private Bench() {}

    private static Map<String, Scenario> scenarios() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("inputs", (bench, table) -> bench.writeInputs());
        all.put("digits", new DigitsScenario());
        all.put("encoder", new EncoderScenario());
        all.put("inline", new InlineScenario());
        all.put("ten", new TenTasksScenario());
        all.put("start", new StartScenario());
        all.put("memory", new MemoryScenario());
        all.put("clients", new ClientsScenario());
        all.put("partitions", new PartitionsScenario());
        all.put("logs", new LogsScenario());
        all.put("jobs", new JobsScenario());
        all.put("large", new LargeScenario());
        return all;
    }

    /** Runs the scenarios that are named, or all that don't take hours, and prints the table. */
    public static void main(String[] arguments) throws IOException {
        Map<String, Scenario> all = scenarios();
        Options options = Options.parse(arguments);
        List<String> names = new ArrayList<>(options.scenarios());
        if (names.isEmpty()) {
            names.addAll(all.keySet());
            names.removeAll(BY_NAME);
        }
        if (!all.keySet().containsAll(names)) {
            PROGRESS.println("scenarios: " + String.join(" ", all.keySet()));
            System.exit(2);
        }
        Workbench bench = Workbench.at(options);
        Table table = new Table(PROGRESS);
        boolean whole = true;
        for (String name : names) {
            PROGRESS.println("-- " + name);
            whole &= measured(all.get(name), bench, table);
        }
        String report = Machine.describe() + "\n\n" + table;
        Files.writeString(bench.home().resolve("report.md"), report);
        OUT.print(report);
        System.exit(whole ? 0 : 1);
    }

    /** One scenario that breaks does not cost the figures of the others. */
    private static boolean measured(Scenario scenario, Workbench bench, Table table) {
        try {
            scenario.measure(bench, table);
            return true;
        } catch (IOException | RuntimeException | AssertionError broken) {
            broken.printStackTrace(PROGRESS);
            return false;
        }
    }
}
