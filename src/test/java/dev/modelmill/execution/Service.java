package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.Modelmill;
import dev.modelmill.stream.SseClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a port of its own, over real HTTP, in folders of a test. Closing it stops the service. */
final class Service implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;

    private Service(ConfigurableApplicationContext context) {
        this.context = context;
        this.root = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Starts the service with its data in a folder, and more arguments. */
    static Service start(Path folder, String... arguments) {
        return start(folder, List.of(), arguments);
    }

    /** Starts the service with its data in a folder, with more beans, and more arguments. */
    static Service startWith(Class<?> beans, Path folder, String... arguments) {
        return start(List.of(Modelmill.class, beans), folder, List.of(), arguments);
    }

    /** Starts the service with its data in a folder and the database that some arguments choose, and more arguments. */
    static Service start(Path folder, List<String> database, String... arguments) {
        return start(List.of(Modelmill.class), folder, database, arguments);
    }

    private static Service start(List<Class<?>> sources, Path folder, List<String> database, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--modelmill.data-dir=" + folder.resolve("data"),
                "--modelmill.models-dir=models",
                "--modelmill.input-roots=" + folder + ",examples,src/test/resources/samples",
                "--modelmill.output-roots=" + folder.resolve("output")));
        all.addAll(database);
        for (String argument : arguments) {
            String name = argument.substring(0, argument.indexOf('=') + 1);
            all.removeIf(each -> each.startsWith(name));
            all.add(argument);
        }
        if (all.stream().noneMatch(argument -> argument.startsWith("--server.port="))) {
            all.add("--server.port=0");
        }
        return new Service(
                new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)).run(all.toArray(String[]::new)));
    }

    /** Submits a job; its id. */
    String submit(String json) throws Exception {
        HttpResponse<String> answer = post("/jobs", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("id").stringValue();
    }

    /** Submits a job and waits for its end on the progress stream; the job as it ended. */
    JsonNode run(String json) throws Exception {
        return await(submit(json));
    }

    /** Waits for the end of a job on its progress stream. */
    JsonNode await(String id) throws Exception {
        try (SseClient stream = SseClient.open(root.resolve("/jobs/" + id + "/progress"))) {
            while (true) {
                SseClient.Event event = stream.next();
                if (event.name().equals("end")) {
                    return JSON.readTree(event.data());
                }
            }
        }
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return client.send(
                HttpRequest.newBuilder(root.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A bean of the service. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    URI uri(String path) {
        return root.resolve(path);
    }

    /** Whether the service has not been closed, by whomever. */
    boolean isActive() {
        return context.isActive();
    }

    HttpResponse<String> ask(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(root.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    String get(String path) throws Exception {
        HttpResponse<String> answer = ask(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The results of a job, line by line. */
    List<JsonNode> results(String id) throws Exception {
        return get("/jobs/" + id + "/results").lines().map(JSON::readTree).toList();
    }

    /** The errors of a job, line by line. */
    List<JsonNode> errors(String id) throws Exception {
        return get("/jobs/" + id + "/errors").lines().map(JSON::readTree).toList();
    }

    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    @Override
    public void close() {
        context.close();
    }
}
