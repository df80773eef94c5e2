package dev.modelmill.crash;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The kinds of jobs that the harness sends, so that every way in and out is met. */
enum JobKind {
    /** Windows of 64 through a real model, uploaded, with bad records. */
    UPLOAD("digits", "digits.csv", Inputs.DIGITS, 64),
    /** A second or two of slow calls over a file of the server, with bad records, into an output file. */
    PATH("slow", "slow.jsonl", Inputs.SLOW, 16),
    /** Small, inside the request. */
    INLINE("slow", "small.jsonl", Inputs.SMALL, 16),
    /** Some seconds of slow calls: to be cancelled, or to be met running. */
    LONG("slow", "long.jsonl", Inputs.LONG, 16);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String model;
    private final String file;
    private final int tasks;
    private final int batchSize;

    JobKind(String model, String file, int tasks, int batchSize) {
        this.model = model;
        this.file = file;
        this.tasks = tasks;
        this.batchSize = batchSize;
    }

    String file() {
        return file;
    }

    int tasks() {
        return tasks;
    }

    /** Sends a job of this kind, marked so that it is found again when the answer is lost. */
    Api.Answer send(Api api, Site site, String mark) {
        String output = this == PATH ? ",\"output\":{\"path\":" + JSON.writeValueAsString(outputOf(mark)) + "}" : "";
        String request =
                "{\"model\":\"" + model + "\",\"batchSize\":" + batchSize + ",\"maxErrors\":\"100%\",\"labels\":"
                        + JSON.writeValueAsString(Map.of("mark", mark, "kind", name())) + output;
        return switch (this) {
            case UPLOAD -> api.upload(request + "}", site.input(file));
            case PATH, LONG -> api.post("/jobs", request + ",\"input\":{\"path\":\"input/" + file + "\"}}");
            case INLINE -> api.post("/jobs", request + ",\"input\":{\"tasks\":" + inline(site) + "}}");
        };
    }

    private String inline(Site site) {
        return "[" + String.join(",", new String(site.read(site.input(file)), StandardCharsets.UTF_8).split("\n"))
                + "]";
    }

    /** Where a job with an output leaves it, relative to the service's folder. */
    static String outputOf(String mark) {
        return "output/" + mark + ".jsonl";
    }
}
