package dev.modelmill.crash;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One job that was sent, with what was answered to it. Used by one thread. */
final class Promise {

    /** What was asked for after the job was sent. */
    enum Fate {
        FINISHED,
        CANCELLED,
        DELETED,
        RESTARTED
    }

    private final JobKind kind;
    private final String mark;
    private Fate fate = Fate.FINISHED;
    private boolean kept;
    private boolean settled;
    private boolean exists;
    private @Nullable String answered;
    private @Nullable String found;
    private List<String> logs = List.of();

    Promise(JobKind kind, String mark) {
        this.kind = kind;
        this.mark = mark;
    }

    JobKind kind() {
        return kind;
    }

    String mark() {
        return mark;
    }

    void accepted(String id) {
        answered = id;
        found = id;
    }

    /** The id that a 202 brought; null where no answer came. */
    @Nullable
    String answered() {
        return answered;
    }

    void found(String id) {
        found = id;
    }

    String id() {
        if (found == null) {
            throw new IllegalStateException(this + " has no id");
        }
        return found;
    }

    void fate(Fate asked) {
        fate = asked;
        kept = false;
        settled = false;
    }

    Fate fate() {
        return fate;
    }

    /** The service has answered that it will be so. */
    void kept() {
        kept = true;
    }

    boolean isKept() {
        return kept;
    }

    /** The log lines that were read before a crash. */
    void logs(List<String> lines) {
        logs = lines;
    }

    List<String> logs() {
        return logs;
    }

    /** Its end was looked at; from now on it only has to stay as it is. */
    void settle(boolean there) {
        settled = true;
        exists = there;
    }

    boolean settled() {
        return settled;
    }

    boolean exists() {
        return exists;
    }

    @Override
    public String toString() {
        return kind + " " + mark + " (" + (found == null ? "no answer" : found) + ", " + fate + ")";
    }
}
