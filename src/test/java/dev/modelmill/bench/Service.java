package dev.modelmill.bench;

import dev.modelmill.crash.Api;
import dev.modelmill.crash.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A started service and one client of it, which watches each job's progress as users do. Used by one thread. */
final class Service implements AutoCloseable {

    static final double NANOS = 1e9;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ServiceProcess process;
    private final double startSeconds;

    private Service(ServiceProcess process, double startSeconds) {
        this.process = process;
        this.startSeconds = startSeconds;
    }

    static Service start(Path home, List<String> java, List<String> settings) {
        List<String> all = new ArrayList<>(List.of(
                "--modelmill.models-dir=" + home.resolve("models"),
                "--modelmill.data-dir=" + home.resolve("data"),
                "--modelmill.input-roots=" + home.resolve("input"),
                "--modelmill.output-roots=" + home.resolve("output")));
        all.addAll(settings);
        long begun = System.nanoTime();
        ServiceProcess process = ServiceProcess.start(java, all, home, home.resolve("service.log"));
        process.ready();
        return new Service(process, (System.nanoTime() - begun) / NANOS);
    }

    /** From the start of the process to its readiness. */
    double startSeconds() {
        return startSeconds;
    }

    Api api() {
        return process.api();
    }

    OptionalDouble resident() {
        return Machine.resident(process.pid());
    }

    OptionalDouble mostResident() {
        return Machine.mostResident(process.pid());
    }

    /** A job that has ended, and the seconds from its request to its {@code end} event. */
    record Finished(JsonNode job, double seconds) {

        long tasks() {
            return job.get("progress").get("succeeded").asLong();
        }

        double tasksPerSecond() {
            return tasks() / seconds;
        }

        int batchSize() {
            return job.get("batchSize").asInt();
        }
    }

    /** The id of a job that was just taken in. */
    String submit(String job) {
        return api().post("/jobs", job).ok().json().get("id").asString();
    }

    /** Has a job done, watched by one client from its beginning. */
    Finished run(String job) throws IOException {
        long begun = System.nanoTime();
        String id = submit(job);
        awaitEnd(id);
        double seconds = (System.nanoTime() - begun) / NANOS;
        return new Finished(completed(id), seconds);
    }

    /** The job, which must have completed without a failed task. */
    JsonNode completed(String id) {
        JsonNode job = api().job(id);
        if (!job.get("status").asString().equals("COMPLETED")) {
            throw new AssertionError("the job did not complete: " + job);
        }
        return job;
    }

    /** As {@link #run}; then its files are removed, since many of them would fill the disk. */
    Finished runAndDelete(String job) throws IOException {
        Finished finished = run(job);
        api().delete("/jobs/" + finished.job().get("id").asString()).ok();
        return finished;
    }

    /** Watches a job's progress to its {@code end} event. */
    void awaitEnd(String id) throws IOException {
        URI stream = api().base().resolve("/jobs/" + id + "/progress");
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Accept", "text/event-stream")
                .build();
        try (Stream<String> lines = HTTP.send(request, BodyHandlers.ofLines()).body()) {
            for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                if (each.next().equals("event: end")) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("the stream ended before the job\n" + process.tail());
    }

    /** Ends it as a supervisor does, however long its shutdown takes. */
    @Override
    public void close() {
        process.terminateSlowly();
        process.close();
    }
}
