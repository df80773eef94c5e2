package dev.modelmill.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The lines that the bench prints, as Markdown, each as soon as it is known. Used by one thread. */
final class Table {

    private static final String HEAD =
            "| work | median | least to most | runs | ratio | target |\n|---|---|---|---|---|---|";

    private final PrintStream progress;
    private final List<String> lines = new ArrayList<>(List.of(HEAD));

    Table(PrintStream progress) {
        this.progress = progress;
    }

    /** A figure that stands alone. */
    void row(String work, String unit, Sample sample) {
        row(work, unit, sample, "", "");
    }

    /** A figure with a target in its own unit. */
    void row(String work, String unit, Sample sample, String target) {
        row(work, unit, sample, "", target);
    }

    /** A figure beside another: the ratio is that of the medians. */
    void row(String work, String unit, Sample sample, String againstWhat, Sample against, String target) {
        String ratio = Sample.text(sample.median() / against.median()) + " of " + againstWhat;
        row(work, unit, sample, ratio, target);
    }

    /** A figure of which not the median counts. */
    void figure(String work, String unit, double figure, int runs, String target) {
        add("| %s | %s %s | | %d | | %s |".formatted(work, Sample.text(figure), unit, runs, target));
    }

    /** What was left out, and why. */
    void skipped(String work, String why) {
        add("| %s | not measured: %s | | | | |".formatted(work, why));
    }

    private void row(String work, String unit, Sample sample, String ratio, String target) {
        add("| %s | %s %s | %s to %s | %d | %s | %s |"
                .formatted(
                        work,
                        Sample.text(sample.median()),
                        unit,
                        Sample.text(sample.least()),
                        Sample.text(sample.most()),
                        sample.size(),
                        ratio,
                        target));
    }

    private void add(String line) {
        lines.add(line);
        progress.println(line);
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
