package dev.modelmill.crash;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What goes on, as far as the harness can see, so that a kill can be said to have hit it. Shared between threads. */
final class Activity {

    private String now = "";
    private @Nullable String killed;

    synchronized void now(String doing) {
        now = doing;
    }

    /** A job as it was just seen; of several jobs the last one seen counts. */
    synchronized void saw(JsonNode job) {
        JsonNode progress = job.get("progress");
        String status = Ledger.status(job);
        if (!status.equals("RUNNING")) {
            now = status.equals("QUEUED") || status.equals("CANCELLING") ? status.toLowerCase(Locale.ROOT) : "ended";
        } else if (progress.get("total").isNull()) {
            now = "preparing";
        } else {
            int done =
                    progress.get("succeeded").asInt() + progress.get("failed").asInt();
            now = done == 0
                    ? "running, nothing committed"
                    : done < progress.get("total").asInt() ? "running" : "finishing";
        }
    }

    synchronized void kill() {
        killed = now;
    }

    /** The service did not answer, which only a kill explains. */
    synchronized void noAnswer() {
        if (killed == null) {
            throw new AssertionError("the service gave no answer and was not killed; it was " + now);
        }
    }

    synchronized String atTheKill() {
        String hit = killed == null ? now : killed;
        killed = null;
        return hit;
    }
}
