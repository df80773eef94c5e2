package dev.modelmill.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the harness has sent to the services of one site and what they have answered; finds after a crash whether all of it
 * was kept. Used by one thread.
 */
final class Ledger {

    private static final Duration END = Duration.ofSeconds(180);
    private static final Set<String> ENDED = Set.of("COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "CANCELLED");

    private final Site site;
    private final List<Promise> promises = new ArrayList<>();
    private final Faults faults = new Faults();

    Ledger(Site site) {
        this.site = site;
    }

    /** Sends a job and keeps what is answered. */
    Promise send(Api api, JobKind kind) {
        Promise promise = new Promise(kind, "job-" + promises.size());
        promises.add(promise);
        Api.Answer answer = kind.send(api, site, promise.mark());
        if (answer.status() != 202) {
            throw new AssertionError(kind + " was answered " + answer.status() + ": " + answer.text());
        }
        promise.accepted(answer.json().get("id").asString());
        return promise;
    }

    /** Cancels a job; the promise knows even where no answer comes. */
    void cancel(Api api, Promise promise) {
        promise.fate(Promise.Fate.CANCELLED);
        api.post("/jobs/" + promise.id() + "/cancel", "").ok();
        promise.kept();
    }

    /** Deletes an ended job; the promise knows even where no answer comes. */
    void delete(Api api, Promise promise) {
        promise.fate(Promise.Fate.DELETED);
        api.delete("/jobs/" + promise.id()).ok();
        promise.kept();
    }

    /** Lets a cancelled job go on; the promise knows even where no answer comes. */
    void restart(Api api, Promise promise) {
        promise.fate(Promise.Fate.RESTARTED);
        api.post("/jobs/" + promise.id() + "/restart", "{}").ok();
        promise.kept();
    }

    /** Waits until a job has ended. */
    static JsonNode awaitEnd(Api api, String id) {
        return Awaitility.await("the end of job " + id)
                .atMost(END)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> api.job(id), job -> ENDED.contains(status(job)));
    }

    static String status(JsonNode job) {
        return job.get("status").asString();
    }

    /** Waits for all jobs to end and compares each with an undisturbed one; what does not fit is in the faults. */
    Faults check(Api api) {
        Map<String, String> found = found(api);
        for (Promise promise : promises) {
            if (!promise.settled() && adopt(promise, found.get(promise.mark()))) {
                awaitEnd(api, promise.id());
                new Comparison(site, api, promise, faults).run();
            }
        }
        Map<String, String> after = found(api);
        for (Promise promise : promises) {
            if (!promise.settled()) {
                promise.settle(after.containsKey(promise.mark()));
            } else if (promise.exists() != after.containsKey(promise.mark())) {
                faults.lost(promise + (promise.exists() ? " was there and is not any more" : " is there again"));
            }
        }
        if (!faults.all().isEmpty()) {
            site.keep();
        }
        return faults;
    }

    /** All jobs of the service by their marks. */
    private Map<String, String> found(Api api) {
        Map<String, String> found = new HashMap<>();
        for (JsonNode job : api.get("/jobs?limit=1000").ok().json().get("jobs")) {
            String id = job.get("id").asString();
            String before = found.put(job.get("labels").get("mark").asString(), id);
            if (before != null) {
                faults.twice("jobs " + before + " and " + id + " have one mark");
            }
        }
        return found;
    }

    /** Whether there is a job to look at; a missing one must have been deleted or never been promised. */
    private boolean adopt(Promise promise, @Nullable String found) {
        if (found == null) {
            boolean mayBeGone = promise.fate() == Promise.Fate.DELETED || promise.answered() == null;
            if (!mayBeGone) {
                faults.lost(promise + " is not there");
            }
            checkNothingLeft(promise);
            return false;
        }
        if (promise.answered() != null && !found.equals(promise.answered())) {
            faults.twice(promise + " has the id " + found);
        }
        if (promise.fate() == Promise.Fate.DELETED && promise.isKept()) {
            faults.lost(promise + " was deleted and is there again");
        }
        promise.found(found);
        return true;
    }

    private void checkNothingLeft(Promise promise) {
        Path jobs = site.data().resolve("jobs");
        if (promise.answered() != null) {
            for (String name : Arrays.asList(promise.answered(), promise.answered() + ".deleted")) {
                if (Files.exists(jobs.resolve(name))) {
                    faults.differs(promise + ": its folder " + name + " is left");
                }
            }
        }
    }

    /** How many jobs there were. */
    int jobs() {
        return promises.size();
    }

    /** The jobs that were accepted and have not been looked at since. */
    List<Promise> open() {
        return promises.stream()
                .filter(promise -> !promise.settled() && promise.answered() != null)
                .toList();
    }
}
