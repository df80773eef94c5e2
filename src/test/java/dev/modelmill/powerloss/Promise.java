package dev.modelmill.powerloss;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a job's client was promised, answer by answer.
 *
 * @param order the job as it was asked for
 * @param id the job's id
 * @param deeds what was asked of it, in order
 */
record Promise(Order order, String id, List<Deed> deeds) {

    /** How a job may end, or be. */
    enum Outcome {
        COMPLETED,
        CANCELLED,
        GONE
    }

    /**
     * Something that was asked for and answered.
     *
     * @param outcome what it promises
     * @param sent position of the log when the request left, at the latest
     * @param answered position of the log where the answer left
     */
    record Deed(Outcome outcome, long sent, long answered) {}

    /** What may be found after a cut: what was promised last, or what was asked for since. */
    Set<Outcome> possibleAt(long position) {
        Set<Outcome> possible = EnumSet.of(Outcome.GONE);
        for (Deed deed : deeds) {
            if (deed.answered() < position) {
                possible = EnumSet.of(deed.outcome());
            } else if (deed.sent() < position) {
                possible.add(deed.outcome());
            }
        }
        return possible;
    }

    /** Whether the job must be there after a cut. */
    boolean heldAt(long position) {
        return !possibleAt(position).contains(Outcome.GONE);
    }
}
