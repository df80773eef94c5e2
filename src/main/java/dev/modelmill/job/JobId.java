package dev.modelmill.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * The id of a job: 26 characters of {@code [0-9a-z]} that grow with time, a ULID in lower case (48 bits of milliseconds,
 * 80 random ones, in Crockford's base 32).
 *
 * @param value the characters
 */
public record JobId(String value) implements Comparable<JobId> {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final int TIME_DIGITS = 10;

    /** Refuses what no job was ever called. */
    public JobId {
        if (value.length() != LENGTH || !value.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("not the id of a job: " + value);
        }
    }

    /** The id that a text names, or nothing where no job can be called so. */
    public static Optional<JobId> parse(String text) {
        try {
            return Optional.of(new JobId(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    @JsonValue
    @Override
    public String value() {
        return value;
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** Makes ids, each greater than the one before. Safe for use by many threads. */
    public static final class Generator {

        private final Clock clock;
        private final SecureRandom random = new SecureRandom();
        private long lastMillis = -1;
        private final byte[] tail = new byte[LENGTH - TIME_DIGITS];

        public Generator(Clock clock) {
            this.clock = clock;
        }

        /** The next id; ids of one millisecond count up from a random start. */
        public synchronized JobId next() {
            long now = clock.millis();
            if (now > lastMillis) {
                lastMillis = now;
                for (int i = 0; i < tail.length; i++) {
                    tail[i] = (byte) random.nextInt(DIGITS.length());
                }
            } else {
                increment();
            }
            return new JobId(text());
        }

        private void increment() {
            for (int i = tail.length - 1; i >= 0; i--) {
                tail[i] = (byte) ((tail[i] + 1) % DIGITS.length());
                if (tail[i] != 0) {
                    return;
                }
            }
            lastMillis++;
        }

        private String text() {
            StringBuilder text = new StringBuilder(LENGTH);
            for (int i = TIME_DIGITS - 1; i >= 0; i--) {
                text.append(DIGITS.charAt((int) (lastMillis >>> (5 * i)) & 31));
            }
            for (byte digit : tail) {
                text.append(DIGITS.charAt(digit));
            }
            return text.toString();
        }
    }
}
