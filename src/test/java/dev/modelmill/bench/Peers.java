package dev.modelmill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code bench/peers} measured just before: lines of work, name and rows a second, separated by tabs. Nothing where it
 * did not run.
 */
final class Peers {

    private static final Map<String, String> TARGETS = Map.of("digits pool", "15", "digits ray", "25");

    private Peers() {}

    /** Adds a line for each of them that did the same work. */
    static void compare(Workbench bench, String work, String label, Sample ours, Table table) throws IOException {
        Path file = bench.home().resolve("peers.tsv");
        if (Files.notExists(file)) {
            return;
        }
        Map<String, List<Double>> peers = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t");
            if (fields[0].equals(work)) {
                peers.computeIfAbsent(fields[1], name -> new ArrayList<>()).add(Double.valueOf(fields[2]));
            }
        }
        peers.forEach((name, values) -> {
            Sample theirs = Sample.of(values);
            table.row(work + " by " + name, "rows/s", theirs);
            table.row(label, "rows/s", ours, name, theirs, TARGETS.getOrDefault(work + " " + name, ""));
        });
    }
}
