package dev.modelmill.model.repository;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tells which of the things that differ from what was taken have stayed as they are for long enough to be taken. Confined to
 * its repository's lock.
 */
final class Changes {

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Clock clock;
    private final Map<String, Change> open = new HashMap<>();

    Changes(Clock clock) {
        this.clock = clock;
    }

    private record Change(String fingerprint, Instant since) {}

    /**
     * The names whose fingerprint differs from the one taken and has been the same for two seconds of looking.
     *
     * @param found fingerprints now, by name
     * @param taken fingerprints of what was taken, by name
     */
    Set<String> settled(Map<String, String> found, Map<String, String> taken) {
        Set<String> differing = new HashSet<>(found.keySet());
        differing.addAll(taken.keySet());
        differing.removeIf(name -> Objects.equals(found.get(name), taken.get(name)));
        open.keySet().retainAll(differing);
        Set<String> settled = new HashSet<>(differing);
        settled.removeIf(name -> !isSettled(name, found.getOrDefault(name, "")));
        open.keySet().removeAll(settled);
        return settled;
    }

    private boolean isSettled(String name, String now) {
        Change change = open.get(name);
        if (change == null || !change.fingerprint.equals(now)) {
            open.put(name, new Change(now, clock.instant()));
            return false;
        }
        return !clock.instant().isBefore(change.since.plus(QUIET));
    }
}
