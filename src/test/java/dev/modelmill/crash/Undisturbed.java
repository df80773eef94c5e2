package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a job gives when nothing happens to it: recorded once, and checked by arithmetic where the model allows it.
 *
 * @param status the status at its end
 * @param succeeded tasks with a result
 * @param failed tasks with an error
 * @param results the bytes of the results
 * @param errors the bytes of the errors
 */
record Undisturbed(String status, int succeeded, int failed, byte[] results, byte[] errors) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Runs a job of every kind in a service that nobody disturbs and keeps what comes. */
    static void record(ServiceBuild build, List<String> command) throws IOException {
        try (Site site = Site.in(build, TestDatabase.h2());
                ServiceProcess service = site.start(command, List.of()).ready()) {
            for (JobKind kind : JobKind.values()) {
                String id = kind.send(service.api(), site, "undisturbed-" + kind)
                        .ok()
                        .json()
                        .get("id")
                        .asString();
                Ledger.awaitEnd(service.api(), id);
                Files.write(file(build, kind, "results"), read(service.api(), id, "results"));
                Files.write(file(build, kind, "errors"), read(service.api(), id, "errors"));
                String status = service.api().job(id).get("status").asString();
                Files.writeString(file(build, kind, "status"), status);
                check(kind, of(build, kind));
            }
            service.terminateSlowly();
        }
    }

    private static byte[] read(Api api, String id, String what) {
        return api.get("/jobs/" + id + "/" + what).ok().body();
    }

    private static Path file(ServiceBuild build, JobKind kind, String what) {
        return build.home().resolve(kind.name().toLowerCase(Locale.ROOT) + "." + what);
    }

    /** What a job of a kind must give. */
    static Undisturbed of(ServiceBuild build, JobKind kind) {
        try {
            byte[] results = Files.readAllBytes(file(build, kind, "results"));
            byte[] errors = Files.readAllBytes(file(build, kind, "errors"));
            String status = Files.readString(file(build, kind, "status"));
            return new Undisturbed(
                    status, indices(results).size(), indices(errors).size(), results, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every task has exactly one outcome, in order; the slow model adds what it adds. */
    private static void check(JobKind kind, Undisturbed expected) {
        List<Integer> results = indices(expected.results);
        List<Integer> errors = indices(expected.errors);
        assertThat(results).as("indices of the results").isSorted();
        assertThat(errors).as("indices of the errors").isSorted();
        List<Integer> all = new ArrayList<>(results);
        all.addAll(errors);
        assertThat(all).hasSize(kind.tasks()).doesNotHaveDuplicates();
        assertThat(all.stream().mapToInt(Integer::intValue).max()).hasValue(kind.tasks() - 1);
        assertThat(expected.status).isEqualTo(errors.isEmpty() ? "COMPLETED" : "COMPLETED_WITH_ERRORS");
        if (kind != JobKind.UPLOAD) {
            for (String line : new String(expected.results, StandardCharsets.UTF_8).split("\n")) {
                JsonNode task = JSON.readTree(line);
                assertThat(task.get("y").get(0).asDouble())
                        .isEqualTo(task.get("index").asInt() + Inputs.STEPS);
            }
        }
    }

    private static List<Integer> indices(byte[] lines) {
        return new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(line -> JSON.readTree(line).get("index").asInt())
                .toList();
    }
}
