package dev.modelmill.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The shipped samples give their true answers, in order, whatever the batch size and the number of workers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplesIntegrationTests {

    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    @TempDir
    static Path folder;

    private Service service;
    private final Map<String, String> bytes = new HashMap<>();

    @BeforeAll
    void start() {
        service = Service.start(folder, database(), "--modelmill.workers=8");
    }

    /** The arguments that choose the database; none for H2. */
    List<String> database() {
        return List.of();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "digits, examples/digits.csv, 1, 1",
        "digits, examples/digits.csv, 1, 8",
        "digits, examples/digits.csv, 7, 2",
        "digits, examples/digits.csv, 7, 8",
        "digits, examples/digits.csv, 256, 1",
        "digits, examples/digits.csv, 256, 2",
        "digits, examples/digits.csv, 256, 8",
        "digits, examples/digits.jsonl, 1, 2",
        "digits, examples/digits.jsonl, 7, 8",
        "digits, examples/digits.jsonl, 256, 1",
        "iris, examples/iris.csv, 1, 8",
        "iris, examples/iris.csv, 7, 1",
        "iris, examples/iris.csv, 7, 2",
        "iris, examples/iris.csv, 256, 2"
    })
    void runGivesTheTrueAnswersInOrder(String model, String input, int batchSize, int workers) throws Exception {
        JsonNode job = service.run("""
                {"model": "%s", "input": {"path": "%s"}, "batchSize": %d, "workers": %d}""".formatted(model, input, batchSize, workers));
        assertThat(job.get("status").stringValue()).isEqualTo("COMPLETED");
        String id = job.get("id").stringValue();
        List<JsonNode> results = service.results(id);
        List<JsonNode> expected = expected(model);
        assertThat(results).hasSize(Math.toIntExact(job.at("/progress/total").longValue()));
        for (int i = 0; i < results.size(); i++) {
            assertClose(results.get(i), expected.get(i));
        }
        String before = bytes.putIfAbsent(input + batchSize, service.get("/jobs/" + id + "/results"));
        if (before != null) {
            assertThat(service.get("/jobs/" + id + "/results")).isEqualTo(before);
        }
    }

    private static List<JsonNode> expected(String model) throws IOException {
        return Files.readAllLines(SAMPLES.resolve(model).resolve("expected.jsonl")).stream()
                .map(Service.JSON::readTree)
                .toList();
    }

    private static void assertClose(JsonNode got, JsonNode expected) {
        if (expected.isObject()) {
            expected.properties().forEach(field -> assertClose(got.get(field.getKey()), field.getValue()));
        } else if (expected.isArray()) {
            assertThat(got.size()).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertClose(got.get(i), expected.get(i));
            }
        } else if (expected.isFloatingPointNumber()) {
            double value = expected.doubleValue();
            assertThat(Math.abs(got.doubleValue() - value)).isLessThanOrEqualTo(1e-6 + 1e-4 * Math.abs(value));
        } else {
            assertThat(got).isEqualTo(expected);
        }
    }
}
