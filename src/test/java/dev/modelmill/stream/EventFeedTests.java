package dev.modelmill.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.log.EventLog;
import dev.modelmill.job.log.EventLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@link EventFeed}: what a client is sent, and in which order. */
class EventFeedTests {

    private static final StreamSettings SMALL =
            new StreamSettings(Duration.ZERO, Duration.ZERO, Duration.ofDays(1), 3, 20);

    @TempDir
    private Path folder;

    private final EventLogs logs = new EventLogs(1 << 20, Clock.systemUTC());
    private EventLog log;

    @BeforeEach
    void open() {
        log = logs.open("job", folder, 0);
    }

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void nextBeginsWithRetryProgressAndTheLastEvents() {
        append(10);
        EventFeed feed = feed("{\"n\":1}");
        assertThat(next(feed)).isEqualTo("retry: 2000\n\n");
        assertThat(next(feed)).isEqualTo("event: progress\ndata: {\"n\":1}\n\n");
        String events = next(feed);
        assertThat(events).startsWith("event: log\nid: 8\ndata: {\"seq\":8,").endsWith("}\n\n");
        assertThat(events.lines().filter(line -> line.startsWith("id: "))).containsExactly("id: 8", "id: 9", "id: 10");
        assertThat(feed.next()).isNull();
    }

    @Test
    void offerWhenNothingChangedTellsNothingAndElseOnlyTheLast() {
        EventFeed feed = begun("{\"n\":1}");
        feed.offer(progress("{\"n\":1}", false));
        assertThat(feed.next()).isNull();
        feed.offer(progress("{\"n\":2}", false));
        feed.offer(progress("{\"n\":3}", false));
        assertThat(next(feed)).isEqualTo("event: progress\ndata: {\"n\":3}\n\n");
        assertThat(feed.next()).isNull();
    }

    @Test
    void nextWhenTooFarBehindSaysWhatIsDropped() {
        EventFeed feed = begun("{}");
        append(21);
        assertThat(next(feed)).isEqualTo("event: dropped\nid: 19\ndata: {\"count\":19,\"from\":1,\"to\":19}\n\n");
        assertThat(next(feed)).startsWith("event: log\nid: 20\n");
        assertThat(feed.next()).isNull();
    }

    @Test
    void nextWhenJustNotTooFarBehindDropsNothing() {
        EventFeed feed = begun("{}");
        append(20);
        assertThat(next(feed)).startsWith("event: log\nid: 1\n");
    }

    @Test
    void nextWhenHistoryIsLongDropsNoneOfIt() {
        append(1_000);
        EventFeed feed = new EventFeed(log, progress("{}", false), OptionalLong.of(0), SMALL);
        next(feed);
        next(feed);
        append(100);
        StringBuilder sent = new StringBuilder();
        for (byte[] events = feed.next(); events != null; events = feed.next()) {
            sent.append(new String(events, StandardCharsets.UTF_8));
        }
        assertThat(sent.toString().lines().filter(line -> line.startsWith("id: ")))
                .startsWith("id: 1", "id: 2")
                .contains("id: 1000");
    }

    @Test
    void nextWhenEndedGivesEventsThenTheEndThenNothing() {
        EventFeed feed = begun("{}");
        append(2);
        feed.offer(progress("{\"ended\":true}", true));
        assertThat(next(feed)).startsWith("event: progress");
        assertThat(next(feed)).startsWith("event: log\nid: 1\n");
        assertThat(feed.isFinished()).isFalse();
        assertThat(next(feed)).isEqualTo("event: end\nid: 3\ndata: {\"ended\":true}\n\n");
        assertThat(feed.isFinished()).isTrue();
        feed.offer(progress("{\"more\":1}", false));
        assertThat(feed.next()).isNull();
    }

    @Test
    void nextWhenTheJobWasRestartedBeforeTheEndWasToldGoesOn() {
        EventFeed feed = begun("{}");
        feed.offer(progress("{\"ended\":true}", true));
        feed.offer(progress("{\"again\":true}", false));
        assertThat(next(feed)).contains("again");
        assertThat(feed.next()).isNull();
    }

    private EventFeed feed(String job) {
        return new EventFeed(log, progress(job, false), OptionalLong.empty(), SMALL);
    }

    private EventFeed begun(String job) {
        EventFeed feed = feed(job);
        next(feed);
        next(feed);
        return feed;
    }

    private static Progress progress(String json, boolean ended) {
        return new Progress(json.getBytes(StandardCharsets.UTF_8), ended);
    }

    private void append(int count) {
        IntStream.range(0, count).forEach(i -> StreamServer.log(log, "event"));
    }

    private static String next(EventFeed feed) {
        byte[] events = feed.next();
        assertThat(events).isNotNull();
        return new String(events, StandardCharsets.UTF_8);
    }
}
