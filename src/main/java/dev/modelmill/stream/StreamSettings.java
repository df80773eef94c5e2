package dev.modelmill.stream;

import java.time.Duration;

/**
 * The measures of a stream.
 *
 * @param tick how often progress is looked at
 * @param gather how long news of the log is gathered before clients are told
 * @param heartbeat how long a stream is silent before a comment is sent
 * @param first how many events of the log a client gets that says no start
 * @param maxBehind how many events a client may be behind before it loses some
 */
record StreamSettings(Duration tick, Duration gather, Duration heartbeat, int first, int maxBehind) {

    static final StreamSettings DEFAULTS =
            new StreamSettings(Duration.ofMillis(250), Duration.ofMillis(50), Duration.ofSeconds(15), 1_000, 10_000);
}
