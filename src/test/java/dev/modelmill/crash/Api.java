package dev.modelmill.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks with one service over HTTP as any client does. Shared between threads. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String BOUNDARY = "a-line-between-two-parts";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI base;

    Api(URI base) {
        this.base = base;
    }

    /** The service did not answer: it is dead, or it died meanwhile. */
    public static final class NoAnswerException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoAnswerException(IOException cause) {
            super(cause);
        }
    }

    /** What came back. */
    public record Answer(int status, byte[] body) {

        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The body as JSON. */
        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The body of a success; an answer that is none is a failure of the test. */
        public Answer ok() {
            if (status / 100 != 2) {
                throw new AssertionError("status " + status + ": " + text());
            }
            return this;
        }
    }

    /** Where it speaks to. */
    public URI base() {
        return base;
    }

    boolean ready() {
        try {
            return get("/actuator/health/readiness").status() == 200;
        } catch (NoAnswerException notYet) {
            return false;
        }
    }

    /** Reads. */
    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** Sends JSON. */
    public Answer post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Deletes. */
    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Sends a job with its input as a file. */
    Answer upload(String job, Path input) {
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            head.writeBytes(part("name=\"job\"", "application/json").getBytes(StandardCharsets.UTF_8));
            head.writeBytes((job + "\r\n").getBytes(StandardCharsets.UTF_8));
            head.writeBytes(part("name=\"input\"; filename=\"" + input.getFileName() + "\"", "application/octet-stream")
                    .getBytes(StandardCharsets.UTF_8));
            byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
            BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofByteArray(head.toByteArray()),
                    BodyPublishers.ofByteArray(Files.readAllBytes(input)),
                    BodyPublishers.ofByteArray(end));
            return send(request("/jobs")
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String part(String disposition, String type) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: " + type
                + "\r\n\r\n";
    }

    /** A job as it is. */
    public JsonNode job(String id) {
        return get("/jobs/" + id).ok().json();
    }

    /** The lines that the workers of a job have logged. */
    List<String> logs(String id) {
        return get("/jobs/" + id + "/logs?limit=100000").ok().text().lines().toList();
    }

    /** The progress stream of an ended job from its beginning: it ends by itself. */
    String stream(String id) {
        return send(request("/jobs/" + id + "/progress?after=-1")
                        .header("Accept", "text/event-stream")
                        .GET())
                .ok()
                .text();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new NoAnswerException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the service answered", e);
        }
    }
}
