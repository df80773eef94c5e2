package dev.modelmill.powerloss;

import java.util.ArrayList;
import java.util.List;

/** What was found after a cut. Confined to one thread. */
final class CutReport {

    /** How the database was found, before the service touched it. */
    enum Database {
        OPENED,
        EMPTY,
        BROKEN,
        MISSING
    }

    private final PowerCut cut;
    private final long promised;
    private final List<String> faults = new ArrayList<>();
    private long found;
    private long differing;
    private long parts;
    private Database database = Database.MISSING;

    CutReport(PowerCut cut, long promised) {
        this.cut = cut;
        this.promised = promised;
    }

    void database(Database state) {
        database = state;
    }

    void part() {
        parts++;
    }

    void found() {
        found++;
    }

    void differs(String fault) {
        differing++;
        fault(fault);
    }

    void fault(String fault) {
        faults.add("cut " + cut.number() + ": " + fault);
    }

    PowerCut cut() {
        return cut;
    }

    long parts() {
        return parts;
    }

    List<String> faults() {
        return faults;
    }

    private static String row(Object... cells) {
        return "%4s %11s %-8s %21s %8s %6s %9s %-8s %6s %6s".formatted(cells);
    }

    /** The reports as a table, with a line of sums. */
    static String table(List<CutReport> reports) {
        List<String> lines = new ArrayList<>();
        lines.add(row(
                "cut", "position", "mode", "seed", "promised", "found", "differing", "database", "parts", "faults"));
        for (CutReport each : reports) {
            PowerCut cut = each.cut;
            lines.add(row(
                    cut.number(),
                    cut.position(),
                    cut.mode(),
                    cut.seed(),
                    each.promised,
                    each.found,
                    each.differing,
                    each.database,
                    each.parts,
                    each.faults.size()));
            each.faults.forEach(fault -> lines.add("     " + fault));
        }
        lines.add(reports.size() + " cuts: "
                + reports.stream().mapToLong(each -> each.promised).sum() + " jobs promised, "
                + reports.stream().mapToLong(each -> each.found).sum() + " found, "
                + reports.stream().mapToLong(each -> each.differing).sum() + " differing; "
                + reports.stream()
                        .filter(each -> each.database != Database.OPENED)
                        .count() + " databases damaged; "
                + reports.stream().mapToLong(each -> each.parts).sum() + " DONE parts checked; "
                + reports.stream().mapToLong(each -> each.faults.size()).sum() + " faults");
        return String.join("\n", lines);
    }
}
