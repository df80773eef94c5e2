package dev.modelmill.crash;

import java.util.ArrayList;
import java.util.List;

/** What a crash has broken. Used by one thread. */
final class Faults {

    private final List<String> all = new ArrayList<>();
    private int lost;
    private int twice;
    private int differing;

    /** A job that was promised is not there, or one whose deletion was promised is. */
    void lost(String what) {
        lost++;
        all.add("lost: " + what);
    }

    /** A job, a task or a line of the log is there twice. */
    void twice(String what) {
        twice++;
        all.add("twice: " + what);
    }

    /** Something is there and not what it should be. */
    void differs(String what) {
        differing++;
        all.add("differs: " + what);
    }

    List<String> all() {
        return all;
    }

    void addTo(Faults sum) {
        sum.all.addAll(all);
        sum.lost += lost;
        sum.twice += twice;
        sum.differing += differing;
    }

    int lost() {
        return lost;
    }

    int twice() {
        return twice;
    }

    int differing() {
        return differing;
    }
}
