package dev.modelmill.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClaimQueueTests {

    private final ClaimQueue<String> queue = new ClaimQueue<>();
    private final Map<String, Turn<String>> turns = new HashMap<>();
    private long now = -5;

    @Test
    void nextWhenNothingWaitsGivesNothing() {
        assertThat(queue.next(now, claim -> true)).isNull();
    }

    @Test
    void nextAmongEqualsGivesTheOneThatWaitedLongest() {
        join("b", 5);
        join("a", 5);
        assertThat(next()).isEqualTo("b");
        assertThat(next()).isEqualTo("a");
        assertThat(next()).isNull();
    }

    @Test
    void nextWhenSeveralWorkersAreFreeSpreadsThemOverTheShares() {
        join("a", 5);
        join("a", 5);
        join("b", 5);
        assertThat(next()).isEqualTo("a");
        assertThat(next()).isEqualTo("b");
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void nextPassesOverWhatCannotBeGrantedAndKeepsItsPlace() {
        join("a", 5);
        join("b", 5);
        assertThat(queue.next(now, claim -> !claim.equals("a"))).isEqualTo("b");
        join("b", 5);
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void nextSharesTimeByWeight() {
        Map<String, Integer> runs = simulate(1_500, Map.of("normal", 5, "high", 7));
        assertThat(runs.get("high")).isBetween(990, 1_010);
    }

    @Test
    void nextWhenPrioritiesAreFarApartStarvesNobody() {
        Map<String, Integer> runs = simulate(2_000, Map.of("least", 0, "most", 9));
        assertThat(runs.get("least")).isBetween(80, 90);
    }

    @Test
    void nextCountsTimeNotRuns() {
        Map<String, Integer> runs = new HashMap<>();
        join("long", 5);
        join("short", 5);
        for (int i = 0; i < 1_100; i++) {
            String job = serve(runs);
            now += TimeUnit.MILLISECONDS.toNanos(job.equals("long") ? 1_000 : 100);
            end(job);
        }
        assertThat(runs.get("long")).isBetween(95, 105);
    }

    @Test
    void joinAfterAbsenceHasSavedNothingUp() {
        join("away", 5);
        next();
        turn("away", 5);
        queue.start(turns.get("away"), now);
        end("away", false);
        join("busy", 5);
        for (int i = 0; i < 100; i++) {
            assertThat(next()).isEqualTo("busy");
            queue.start(turns.get("busy"), now);
            now += TimeUnit.SECONDS.toNanos(1);
            join("busy", 5);
            end("busy", false);
        }
        join("away", 5);
        Map<String, Integer> runs = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            String job = serve(runs);
            now += TimeUnit.SECONDS.toNanos(1);
            end(job);
        }
        assertThat(runs.get("away")).isBetween(4, 6);
    }

    @Test
    void joinAfterWorkingAloneIsNotPaidForLater() {
        join("old", 5);
        next();
        queue.start(turns.get("old"), now);
        now += TimeUnit.HOURS.toNanos(1);
        end("old", false);
        join("new", 5);
        join("old", 5);
        Map<String, Integer> runs = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            String job = serve(runs);
            now += TimeUnit.SECONDS.toNanos(1);
            end(job);
        }
        assertThat(runs.get("old")).isEqualTo(5);
    }

    @Test
    void leaseUnderWayCountsBeforeItEnds() {
        join("a", 5);
        next();
        queue.start(turns.get("a"), now);
        now += TimeUnit.MINUTES.toNanos(1);
        join("b", 5);
        join("a", 5);
        next();
        queue.start(turns.get("b"), now);
        join("b", 5);
        now += TimeUnit.SECONDS.toNanos(10);
        end("a", false);
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void cancelGivesBackWhatTheGrantCounted() {
        join("a", 5);
        join("b", 5);
        assertThat(next()).isEqualTo("a");
        queue.cancel(turns.get("a"), now);
        join("a", 5);
        assertThat(next()).isEqualTo("b");
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void drainTakesAllClaimsOfTheShareOnly() {
        join("a", 5);
        join("a", 5);
        join("b", 5);
        assertThat(queue.drain(turns.get("a"), now)).containsExactly("a", "a");
        assertThat(queue.drain(turns.get("a"), now)).isEmpty();
        assertThat(queue.heads()).containsExactly("b");
        assertThat(queue.size()).isEqualTo(1);
    }

    private Map<String, Integer> simulate(int runs, Map<String, Integer> priorities) {
        Map<String, Integer> count = new HashMap<>();
        priorities.forEach(this::join);
        for (int i = 0; i < runs; i++) {
            String job = serve(count);
            now += TimeUnit.MILLISECONDS.toNanos(50);
            end(job);
        }
        return count;
    }

    /** One worker takes the next claim; the job's next one waits at once, as with more partitions than workers. */
    private String serve(Map<String, Integer> runs) {
        String job = next();
        assertThat(job).isNotNull();
        queue.start(turns.get(job), now);
        runs.merge(job, 1, Integer::sum);
        return job;
    }

    private void end(String job) {
        end(job, true);
    }

    private void end(String job, boolean again) {
        if (again) {
            queue.join(turns.get(job), job, now);
        }
        queue.end(turns.get(job), now);
    }

    private String next() {
        return queue.next(now, claim -> true);
    }

    private void join(String job, int priority) {
        queue.join(turn(job, priority), job, now);
    }

    private Turn<String> turn(String job, int priority) {
        return turns.computeIfAbsent(job, each -> queue.open(priority));
    }
}
