package dev.modelmill.stream;

import static dev.modelmill.stream.StreamServer.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.modelmill.job.log.EventLog;
import dev.modelmill.stream.RawClients.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tests of the progress stream with many clients, slow ones and such as leave without a word. */
class ManyClientsIntegrationTests {

    private static final long RUN = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StreamSettings CONTRACTED = StreamSettings.DEFAULTS;

    @TempDir
    private Path folder;

    private StreamServer server;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void start() {
        server = new StreamServer(folder, CONTRACTED);
        logged.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        logged.start();
        root().addAppender(logged);
    }

    @AfterEach
    void stop() {
        server.close();
        root().detachAppender(logged);
    }

    @Test
    void streamWhenOneOfManyClientsIsStalledServesTheOthersAndTheJob() throws Exception {
        EventLog log = server.open(1);
        try (SocketChannel stalled = RawClients.connect(server);
                RawClients readers = new RawClients(server, 199)) {
            await().atMost(PATIENCE).until(() -> server.streams().clients() == 200);
            for (int burst = 1; burst <= 4; burst++) {
                append(log, 4, 1_250);
                int expected = burst * 5_000;
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(readers.clients())
                                .extracting(RawClient::events)
                                .containsOnly(expected));
            }
            log.end();
            server.jobs().put(StreamServer.JOB, "COMPLETED", 1);
            await().atMost(PATIENCE).until(() -> readers.clients().stream().allMatch(RawClient::isClosed));
            assertThat(readers.clients()).allSatisfy(client -> {
                assertThat(client.isOrdered()).isTrue();
                assertThat(client.lastName()).isEqualTo("end");
                assertThat(client.lastId()).isEqualTo(RUN + 20_001);
            });
            await().atMost(PATIENCE).until(() -> server.streams().clients() == 1);
            assertThat(stalled.isConnected()).isTrue();
        }
    }

    private static void append(EventLog log, int threads, int each) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> appenders = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                appenders.add(executor.submit(() -> IntStream.range(0, each).forEach(i -> log(log, "event " + i))));
            }
            for (Future<?> appender : appenders) {
                appender.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void streamWhenAClientFallsBehindSaysWhatItLost() throws Exception {
        EventLog log = server.open(1);
        try (SocketChannel stalled = RawClients.connect(server)) {
            await().atMost(PATIENCE).until(() -> server.streams().clients() == 1);
            IntStream.range(0, 25_000).forEach(i -> log(log, "event " + i));
            log.end();
            server.jobs().put(StreamServer.JOB, "COMPLETED", 1);
            long next = RUN + 1;
            long dropped = 0;
            String name = "";
            try (BufferedReader reader = reader(stalled)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith("event: ")) {
                        name = line.substring(7);
                    } else if (line.startsWith("data: ") && name.equals("dropped")) {
                        long[] skipped = skipped(line);
                        assertThat(skipped[1]).isEqualTo(next);
                        assertThat(skipped[0]).isEqualTo(skipped[2] - skipped[1] + 1);
                        next = skipped[2] + 1;
                        dropped += skipped[0];
                    } else if (line.startsWith("id: ") && !name.equals("dropped")) {
                        assertThat(line).isEqualTo("id: " + next++);
                    }
                }
            }
            assertThat(name).isEqualTo("end");
            assertThat(next).isEqualTo(RUN + 25_002);
            assertThat(dropped).isGreaterThan(9_000);
        }
        assertThat(log.size()).isEqualTo(25_000);
    }

    private static long[] skipped(String line) {
        assertThat(line).matches("data: \\{\"count\":\\d+,\"from\":\\d+,\"to\":\\d+}");
        String[] numbers = line.replaceAll("[^0-9,]", "").split(",");
        return Arrays.stream(numbers).mapToLong(Long::parseLong).toArray();
    }

    private static BufferedReader reader(SocketChannel channel) throws IOException {
        return new BufferedReader(new InputStreamReader(channel.socket().getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void streamWhenClientsLeaveWithoutAWordForgetsThemQuietly() throws Exception {
        EventLog log = server.open(1);
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            channels.add(RawClients.connect(server));
        }
        await().atMost(PATIENCE).until(() -> server.streams().clients() == 50);
        for (SocketChannel channel : channels) {
            if (channels.indexOf(channel) % 2 == 0) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        }
        await().atMost(PATIENCE).until(() -> {
            log(log, "is anybody there? ".repeat(20));
            return server.streams().clients() == 0;
        });
        server.close();
        assertThat(loud()).isEmpty();
    }

    @Test
    void closeWhenStreamsAreOpenDoesNotWaitForThem() {
        List<SseClient> clients = IntStream.range(0, 20)
                .mapToObj(i -> SseClient.open(server.uri("")))
                .toList();
        clients.forEach(client -> client.next("progress"));
        server.close();
        assertThat(clients).allSatisfy(client -> assertThat(client.all()).isEmpty());
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("Graceful shutdown complete")
                .doesNotContain("Graceful shutdown aborted with one or more requests still active");
        assertThat(loud()).isEmpty();
    }

    private List<String> loud() {
        return logged.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::toString)
                .toList();
    }

    private static ch.qos.logback.classic.Logger root() {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
