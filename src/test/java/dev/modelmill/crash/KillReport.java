package dev.modelmill.crash;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of the kills. Used by one thread. */
final class KillReport {

    private final Map<String, Integer> hits = new TreeMap<>();
    private final Faults faults = new Faults();
    private int kills;
    private int jobs;

    void killed(String what) {
        kills++;
        hits.merge(what, 1, Integer::sum);
    }

    void add(int moreJobs, Faults more) {
        jobs += moreJobs;
        more.addTo(faults);
    }

    List<String> faults() {
        return faults.all();
    }

    /** The table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        hits.forEach((what, times) -> text.append(String.format("%5d  killed while %s%n", times, what)));
        text.append(String.format(
                "kills %d, jobs %d, lost %d, twice %d, differing %d%n",
                kills, jobs, faults.lost(), faults.twice(), faults.differing()));
        faults.all().forEach(fault -> text.append(fault).append(System.lineSeparator()));
        return text.toString();
    }
}
