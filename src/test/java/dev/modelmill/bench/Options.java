package dev.modelmill.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of everything; the defaults are the sizes that the targets speak of, smaller ones are for trying.
 *
 * @param scenarios what to run, in this order
 * @param runs how often each thing is measured
 * @param rows rows of the digits
 * @param tasks tasks of the encoder
 * @param clients streams on one job
 * @param jobs jobs in the list
 * @param lines log lines of a job
 */
record Options(List<String> scenarios, int runs, int rows, int tasks, int clients, int jobs, int lines) {

    private static final Map<String, Integer> DEFAULTS =
            Map.of("runs", 5, "rows", 1_000_000, "tasks", 6_000, "clients", 10_000, "jobs", 10_000, "lines", 1_000_000);

    /** Reads {@code digits encoder --rows 100000}. */
    static Options parse(String... arguments) {
        List<String> scenarios = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>(DEFAULTS);
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (name.isEmpty()) {
                scenarios.add(arguments[i]);
            } else if (DEFAULTS.containsKey(name) && i + 1 < arguments.length) {
                numbers.put(name, Integer.parseInt(arguments[++i].replace("_", "")));
            } else {
                throw new IllegalArgumentException(arguments[i] + " is no option, or lacks its number");
            }
        }
        return new Options(
                List.copyOf(scenarios),
                numbers.get("runs"),
                numbers.get("rows"),
                numbers.get("tasks"),
                numbers.get("clients"),
                numbers.get("jobs"),
                numbers.get("lines"));
    }
}
