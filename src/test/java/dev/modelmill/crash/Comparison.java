package dev.modelmill.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares one ended job with what an undisturbed one gives, byte for byte. Used once. */
final class Comparison {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Site site;
    private final Api api;
    private final Promise promise;
    private final Faults faults;
    private final Undisturbed expected;
    private final JsonNode job;

    Comparison(Site site, Api api, Promise promise, Faults faults) {
        this.site = site;
        this.api = api;
        this.promise = promise;
        this.faults = faults;
        this.expected = Undisturbed.of(site.build(), promise.kind());
        this.job = api.job(promise.id());
    }

    void run() {
        String status = Ledger.status(job);
        boolean mayBeCancelled = promise.fate() == Promise.Fate.CANCELLED
                || (promise.fate() == Promise.Fate.RESTARTED && !promise.isKept());
        if (status.equals("CANCELLED") && mayBeCancelled) {
            compareCancelled();
        } else if (status.equals(expected.status())) {
            compareWhole();
        } else {
            faults.differs(promise + " is " + status + ", not " + expected.status() + ": " + job.get("error"));
        }
        compareLogs();
    }

    private void compareWhole() {
        if (!Arrays.equals(body("results"), expected.results())) {
            faults.differs(promise + ": other results");
        }
        if (!Arrays.equals(body("errors"), expected.errors())) {
            faults.differs(promise + ": other errors");
        }
        count("succeeded", expected.succeeded());
        count("failed", expected.failed());
        count("total", promise.kind().tasks());
        count("readable", promise.kind().tasks());
        if (promise.kind() == JobKind.PATH) {
            compareFile("", expected.results());
            compareFile(".errors.jsonl", expected.errors());
        }
        checkNothingHidden();
    }

    private byte[] body(String what) {
        Api.Answer answer = api.get("/jobs/" + promise.id() + "/" + what);
        if (answer.status() != 200) {
            faults.lost(promise + ": no " + what + ": " + answer.status() + " " + answer.text());
        }
        return answer.body();
    }

    private void count(String name, int wanted) {
        int there = job.get("progress").get(name).asInt();
        if (there != wanted) {
            faults.differs(promise + ": " + name + " is " + there + ", not " + wanted);
        }
    }

    private Path output(String suffix) {
        return site.folder().resolve(JobKind.outputOf(promise.mark()) + suffix);
    }

    private void compareFile(String suffix, byte[] wanted) {
        Path file = output(suffix);
        if (!Files.exists(file) || !Arrays.equals(site.read(file), wanted)) {
            faults.differs(promise + ": another output" + suffix);
        }
    }

    private void compareCancelled() {
        byte[] results = body("results");
        byte[] errors = body("errors");
        if (!beginsWith(expected.results(), results) || !beginsWith(expected.errors(), errors)) {
            faults.differs(promise + ": what is there of the cancelled job is not how it begins");
        }
        if (Files.exists(output(""))) {
            faults.differs(promise + ": a cancelled job has an output");
        }
        checkNothingHidden();
    }

    private static boolean beginsWith(byte[] whole, byte[] begin) {
        return begin.length <= whole.length && Arrays.equals(whole, 0, begin.length, begin, 0, begin.length);
    }

    /** No unfinished output beside the finished one. */
    private void checkNothingHidden() {
        Path folder = site.folder().resolve("output");
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith("." + promise.mark() + "."))
                    .forEach(file -> faults.differs(promise + ": " + file.getFileName() + " is left"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was logged before the crash is still there, and every line has a number of its own that grows. */
    private void compareLogs() {
        List<String> now = new String(body("logs?limit=100000"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> before = promise.logs();
        if (now.size() < before.size() || !now.subList(0, before.size()).equals(before)) {
            faults.lost(promise + ": log lines of before the crash");
        }
        long last = -1;
        Set<Long> seen = new HashSet<>();
        for (String line : now) {
            JsonNode number = JSON.readTree(line).get("seq");
            if (number == null) {
                faults.differs(promise + ": no line of a log: " + line);
                continue;
            }
            long seq = number.asLong();
            if (!seen.add(seq)) {
                faults.twice(promise + ": the log has " + seq + " twice");
            } else if (seq <= last) {
                faults.differs(promise + ": the log's " + seq + " comes after " + last);
            }
            last = seq;
        }
    }
}
