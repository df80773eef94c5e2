package dev.modelmill.stream;

import static dev.modelmill.stream.StreamServer.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modelmill.job.log.EventLog;
import dev.modelmill.stream.SseClient.Event;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the progress stream over real HTTP, everything but load. */
class ProgressStreamIntegrationTests {

    private static final long RUN = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StreamSettings FAST =
            new StreamSettings(Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(100), 1_000, 10_000);

    @TempDir
    private Path folder;

    private StreamServer server;
    private final List<SseClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        server = new StreamServer(folder, FAST);
    }

    @AfterEach
    void stop() {
        clients.forEach(SseClient::close);
        server.close();
    }

    @Test
    void streamHasTheHeadersAndBeginsWithRetryAndProgress() {
        SseClient client = open("");
        assertThat(client.status()).isEqualTo(200);
        assertThat(client.headers().firstValue("content-type")).hasValue("text/event-stream;charset=UTF-8");
        assertThat(client.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(client.headers().firstValue("x-accel-buffering")).hasValue("no");
        assertThat(client.headers().firstValue("content-encoding")).isEmpty();
        assertThat(client.nextOfAll()).extracting(Event::name, Event::data).containsExactly("retry", "2000");
        Event progress = client.next();
        assertThat(progress.name()).isEqualTo("progress");
        assertThat(progress.id()).isEmpty();
        assertThat(progress.data()).isEqualTo("{\"id\":\"01kjob\",\"status\":\"RUNNING\",\"succeeded\":0}");
    }

    @Test
    void streamWhenAnythingIsAcceptedIsChosenAndJsonWhenPreferred() throws Exception {
        for (String accept : List.of("*/*", "text/event-stream", "text/html,application/xml;q=0.9,*/*;q=0.8")) {
            assertThat(open("", "Accept", accept).next().name()).as(accept).isEqualTo("progress");
        }
        assertThat(open("").next().name()).isEqualTo("progress");
        HttpResponse<String> json = get("", "Accept", "application/json");
        assertThat(json.headers().firstValue("content-type")).hasValue("application/json");
        HttpResponse<String> preferred = get("", "Accept", "text/event-stream;q=0.5,application/json");
        assertThat(preferred.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void streamBeginsWithTheLastThousandEvents() {
        EventLog log = server.open(1);
        IntStream.range(0, 1_200).forEach(i -> log(log, "event " + i));
        SseClient client = open("");
        assertThat(client.next().name()).isEqualTo("progress");
        Event first = client.next();
        assertThat(first.name()).isEqualTo("log");
        assertThat(first.id()).hasValue(Long.toString(RUN + 201));
        assertThat(first.data())
                .startsWith("{\"seq\":1000000201,\"time\":\"")
                .endsWith("\"level\":\"INFO\",\"worker\":\"digits-1\",\"message\":\"event 200\"}");
        assertThat(ids(client.until(event -> event.id().equals(idOf(1_200)))))
                .containsExactlyElementsOf(range(202, 1_200));
    }

    @Test
    void streamWhenAMessageHasNewlinesIsStillOneLine() {
        SseClient client = open("");
        log(server.open(1), "a\nb\r\nc\n\ndata: x");
        assertThat(client.next("log").data()).endsWith("\"message\":\"a\\nb\\r\\nc\\n\\ndata: x\"}");
    }

    @Test
    void streamBeginsAfterLastEventIdElseAfterTheQuery() {
        EventLog log = server.open(1);
        IntStream.range(0, 50).forEach(i -> log(log, "event " + i));
        assertThat(open("?after=" + (RUN + 10), "Last-Event-ID", "" + (RUN + 30))
                        .next("log")
                        .id())
                .isEqualTo(idOf(31));
        assertThat(open("?after=" + (RUN + 10)).next("log").id()).isEqualTo(idOf(11));
        assertThat(open("?after=" + (RUN + 10), "Last-Event-ID", "from elsewhere")
                        .next("log")
                        .id())
                .isEqualTo(idOf(11));
        assertThat(open("", "Last-Event-ID", "-7").next("log").id()).isEqualTo(idOf(1));
    }

    @Test
    void streamWhenHistoryIsLongReplaysItWhole() {
        EventLog log = server.open(1);
        IntStream.range(0, 15_000).forEach(i -> log(log, "event " + i));
        SseClient client = open("", "Last-Event-ID", "" + RUN);
        client.next("progress");
        assertThat(ids(client.until(event -> event.id().equals(idOf(15_000)))))
                .containsExactlyElementsOf(range(1, 15_000));
    }

    @Test
    void streamWhenAfterIsNoSeqIsRefused() throws Exception {
        HttpResponse<String> refused = get("?after=x", "Accept", "text/event-stream");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains("after: expected the seq of a log event");
    }

    @Test
    void streamWhenJobIsUnknownFailsAsTheJobsSay() throws Exception {
        server.jobs().remove(StreamServer.JOB);
        assertThat(get("").statusCode()).isEqualTo(404);
    }

    @Test
    void progressIsSentOnlyWhenItChanged() {
        SseClient client = open("");
        client.next("progress");
        int asked = server.jobs().asked();
        await().atMost(PATIENCE).until(() -> server.jobs().asked() > asked + 5);
        server.jobs().put(StreamServer.JOB, "RUNNING", 1);
        assertThat(client.next().data()).contains("\"succeeded\":1");
        server.jobs().put(StreamServer.JOB, "RUNNING", 2);
        assertThat(client.next().data()).contains("\"succeeded\":2");
    }

    @Test
    void endFollowsAllEventsAndClosesTheStream() throws Exception {
        SseClient client = open("");
        client.next("progress");
        EventLog log = server.open(1);
        IntStream.range(0, 3_000).forEach(i -> log(log, "event " + i));
        long end = log.end();
        log(log, "straggler");
        server.jobs().put(StreamServer.JOB, "COMPLETED", 9);
        List<Event> events = client.all();
        assertThat(ids(events)).containsExactlyElementsOf(range(1, 3_001));
        Event last = events.get(events.size() - 1);
        assertThat(last.name()).isEqualTo("end");
        assertThat(last.id()).hasValue(Long.toString(end));
        assertThat(last.data()).contains("\"status\":\"COMPLETED\"").contains("\"succeeded\":9");
        await().atMost(PATIENCE).until(() -> server.streams().clients() == 0);
    }

    @Test
    void streamOfAnEndedJobReplaysAndEndsAndThenThereIsNoContent() throws Exception {
        EventLog log = server.open(1);
        IntStream.range(0, 5).forEach(i -> log(log, "event " + i));
        long end = log.end();
        server.logs().close(StreamServer.JOB);
        server.jobs().put(StreamServer.JOB, "COMPLETED", 5);
        assertThat(open("").all())
                .extracting(Event::name)
                .containsExactly("progress", "log", "log", "log", "log", "log", "end");
        assertThat(open("", "Last-Event-ID", "" + (end - 1)).all())
                .extracting(Event::name)
                .containsExactly("progress", "end");
        assertThat(open("?after=" + end).all()).extracting(Event::name).containsExactly("progress", "end");
        assertThat(get("", "Last-Event-ID", "" + end).statusCode()).isEqualTo(204);
        assertThat(get("", "Last-Event-ID", "" + (end + 1)).statusCode()).isEqualTo(204);
    }

    @Test
    void streamOfAJobThatEndedBeforeItRanEnds() throws Exception {
        server.jobs().put(StreamServer.JOB, "COMPLETED", 0);
        List<Event> events = open("").all();
        assertThat(events).extracting(Event::name).containsExactly("progress", "end");
        String end = events.get(1).id().orElseThrow();
        assertThat(get("", "Last-Event-ID", end).statusCode()).isEqualTo(204);
    }

    @Test
    void streamGoesOnOverTheRunsOfAJob() {
        EventLog first = server.open(1);
        log(first, "one");
        long end = first.end();
        server.logs().close(StreamServer.JOB);
        SseClient client = open("", "Last-Event-ID", "" + end);
        client.next("progress");
        log(server.open(2), "two");
        Event log = client.next("log");
        assertThat(log.id()).hasValue(Long.toString(2 * RUN + 1));
        assertThat(log.data()).contains("two");
    }

    @Test
    void streamWhenSilentSendsComments() {
        SseClient client = open("");
        client.next("progress");
        assertThat(client.nextOfAll()).isEqualTo(new Event("comment", Optional.empty(), ""));
        assertThat(client.nextOfAll().name()).isEqualTo("comment");
    }

    @Test
    void streamWhenTheJobIsGoneIsClosedWithoutEnd() {
        SseClient client = open("");
        client.next("progress");
        server.jobs().remove(StreamServer.JOB);
        assertThat(client.all()).isEmpty();
    }

    @Test
    void stopClosesStreamsWithoutEndAndRefusesNewOnes() throws Exception {
        SseClient client = open("");
        client.next("progress");
        server.streams().stop();
        server.streams().stop();
        assertThat(client.all()).isEmpty();
        HttpResponse<String> refused = get("", "Accept", "text/event-stream");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        server.streams().start();
        assertThat(open("").next().name()).isEqualTo("progress");
    }

    @Test
    void headHasTheHeadersAndNoStream() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri(""))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<Void> head = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).hasValue("text/event-stream;charset=UTF-8");
        assertThat(server.streams().clients()).isZero();
    }

    private SseClient open(String query, String... headers) {
        SseClient client = SseClient.open(server.uri(query), headers);
        clients.add(client);
        return client;
    }

    private HttpResponse<String> get(String query, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(query)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static Optional<String> idOf(long position) {
        return Optional.of(Long.toString(RUN + position));
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().flatMap(event -> event.id().stream()).toList();
    }

    private static List<String> range(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> Long.toString(RUN + i))
                .toList();
    }
}
