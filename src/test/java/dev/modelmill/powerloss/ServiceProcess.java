package dev.modelmill.powerloss;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar as a process of its own, on a folder. Closing kills it, as a loss of power does. Confined to one thread. */
final class ServiceProcess implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();

    private static final Path JAR = Path.of("target", "modelmill.jar");
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration START = Duration.ofSeconds(90);

    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final StringBuffer said = new StringBuffer();

    private ServiceProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::listen, "service-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the service and waits until it is ready.
     *
     * @param disk the folder that holds its data and its outputs
     * @param preparation changes the process before it starts
     * @throws NotStartedException if it does not become ready
     */
    static ServiceProcess start(Path disk, Consumer<ProcessBuilder> preparation) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toAbsolutePath().toString(),
                "serve",
                "--server.port=0",
                "--modelmill.workers=2",
                "--modelmill.max-running-jobs=2",
                "--modelmill.takeover-wait=5s",
                "--modelmill.data-dir=" + disk.resolve("data"),
                "--modelmill.models-dir=" + Path.of("models").toAbsolutePath(),
                "--modelmill.input-roots=" + Path.of("examples").toAbsolutePath(),
                "--modelmill.output-roots=" + disk.resolve("output")));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(disk.getParent().toFile()).redirectErrorStream(true);
        preparation.accept(builder);
        try {
            ServiceProcess service = new ServiceProcess(builder.start());
            service.awaitReady();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                Matcher matcher = PORT.matcher(line);
                if (matcher.find()) {
                    port.complete(Integer.valueOf(matcher.group(1)));
                }
            }
        } catch (IOException killed) {
            said.append(killed.getMessage()).append('\n');
        }
        port.completeExceptionally(new NotStartedException(said.toString()));
    }

    private void awaitReady() {
        try {
            port.get(START.toSeconds(), TimeUnit.SECONDS);
            long begun = System.nanoTime();
            while (get("/actuator/health/readiness").statusCode() != 200) {
                pause(begun, START);
            }
        } catch (ExecutionException | TimeoutException | InterruptedException | RuntimeException e) {
            close();
            throw new NotStartedException(said.toString());
        }
    }

    /** Waits a moment, unless the time is over or the process ends. */
    void pause(long begun, Duration atMost) {
        try {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the service died:\n" + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (System.nanoTime() - begun > atMost.toNanos()) {
            throw new IllegalStateException("it took more than " + atMost);
        }
    }

    HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<byte[]> post(String path) {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()));
    }

    HttpResponse<byte[]> delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    HttpResponse<byte[]> submit(Order order) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/jobs"))
                .header("Content-Type", order.contentType())
                .header("Idempotency-Key", order.name())
                .POST(BodyPublishers.ofByteArray(order.body()));
        return send(request);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port.join() + path);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A job as it is now. */
    JsonNode job(String id) {
        return JSON.readTree(get("/jobs/" + id).body());
    }

    /** What it wrote on its standard output and error. */
    String said() {
        return said.toString();
    }

    /** Keeps what it wrote, for whoever looks for a fault. */
    void keepOutput(Path file) throws IOException {
        Files.writeString(file, said);
    }

    /** Asks it to stop and waits until it has. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the service does not stop:\n" + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills it at once; safe twice. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The service did not become ready; what it said. */
    static final class NotStartedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotStartedException(String said) {
            super(said);
        }
    }
}
