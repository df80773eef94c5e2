package dev.modelmill.stream;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of Server-Sent Events over real HTTP. Every wait has an end and fails the test. For one test's thread. */
public final class SseClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * What arrived: an event, or a comment or {@code retry} of its own.
     *
     * @param name the event's name; {@code comment} or {@code retry} for those
     * @param id the event's id, if it has one
     * @param data its data, or what follows the colon
     */
    public record Event(String name, Optional<String> id, String data) {}

    private static final Event CLOSED = new Event("closed", Optional.empty(), "");

    private final CompletableFuture<ResponseInfo> response = new CompletableFuture<>();
    private final Lines lines = new Lines();

    private SseClient(HttpRequest request) {
        HTTP.sendAsync(request, info -> {
                    response.complete(info);
                    return BodySubscribers.fromLineSubscriber(lines, any -> null, StandardCharsets.UTF_8, "\n");
                })
                .whenComplete((done, problem) -> {
                    if (problem != null) {
                        response.completeExceptionally(problem);
                        lines.onError(problem);
                    }
                });
    }

    /** Opens a stream; headers as name, value, name, value. */
    public static SseClient open(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new SseClient(request.build());
    }

    /** The status of the answer. */
    public int status() {
        return response().statusCode();
    }

    /** The headers of the answer. */
    public HttpHeaders headers() {
        return response().headers();
    }

    private ResponseInfo response() {
        try {
            return response.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception problem) {
            throw new AssertionError("No answer", problem);
        }
    }

    /** The next thing that arrives, comments and {@code retry} included; named {@code closed} at the end. */
    public Event nextOfAll() {
        try {
            Event event = lines.events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("Nothing arrived for " + PATIENCE);
            }
            return event;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** The next event. */
    public Event next() {
        Event event = nextOfAll();
        while (event.name().equals("comment") || event.name().equals("retry")) {
            event = nextOfAll();
        }
        return event;
    }

    /** The next event of this name; others in between are lost. */
    public Event next(String name) {
        List<Event> events = until(event -> event.name().equals(name));
        return events.get(events.size() - 1);
    }

    /** Events up to the first that fits, this included. */
    public List<Event> until(Predicate<Event> isLast) {
        List<Event> events = new ArrayList<>();
        do {
            Event event = next();
            if (event == CLOSED && !isLast.test(CLOSED)) {
                throw new AssertionError("The stream was closed after " + events.size() + " events");
            }
            events.add(event);
        } while (!isLast.test(events.get(events.size() - 1)));
        return events;
    }

    /** All events until the server closes. */
    public List<Event> all() {
        List<Event> events = until(event -> event == CLOSED);
        return events.subList(0, events.size() - 1);
    }

    /** Leaves without a word. */
    @Override
    public void close() {
        lines.cancel();
    }

    private static final class Lines implements Flow.Subscriber<String> {

        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private String name = "message";
        private @Nullable String id;
        private @Nullable String data;

        @Override
        public void onSubscribe(Flow.Subscription subscribed) {
            subscription.complete(subscribed);
            subscribed.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "" -> take(line, value);
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data = data == null ? value : data + "\n" + value;
                case "retry" -> events.add(new Event("retry", Optional.empty(), value));
                default -> events.add(new Event("unknown", Optional.empty(), line));
            }
        }

        private void take(String line, String value) {
            if (!line.isEmpty()) {
                events.add(new Event("comment", Optional.empty(), value));
            } else if (data != null) {
                events.add(new Event(name, Optional.ofNullable(id), data));
                name = "message";
                id = null;
                data = null;
            }
        }

        private void cancel() {
            subscription.thenAccept(Flow.Subscription::cancel);
        }

        @Override
        public void onError(Throwable problem) {
            events.add(CLOSED);
        }

        @Override
        public void onComplete() {
            events.add(CLOSED);
        }
    }
}
