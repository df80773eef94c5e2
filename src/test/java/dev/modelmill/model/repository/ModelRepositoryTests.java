package dev.modelmill.model.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ModelReference;
import dev.modelmill.model.Models.Entry;
import dev.modelmill.model.ModelsFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ModelRepositoryTests {

    @TempDir
    Path root;

    private final FakeRuntime runtime = new FakeRuntime();
    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private ModelsFolder models;
    private ModelRepository repository;

    @BeforeEach
    void setUp() {
        models = new ModelsFolder(root.resolve("models"));
        repository = new ModelRepository(models.root(), List.of(runtime), clock, Runnable::run);
    }

    private void put(String file, String text) {
        models.withFile(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private Entry entry(String reference) {
        return repository.find(ModelReference.parse(reference)).orElseThrow();
    }

    private void readLater() {
        repository = new ModelRepository(models.root(), List.of(runtime), clock, waiting::add);
    }

    private void readNow() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private void tickAfter(Duration time) {
        clock.advance(time);
        repository.tick();
    }

    /** A change as the watcher sees it: noticed, and taken two seconds later. */
    private void settle() {
        repository.tick();
        tickAfter(Duration.ofSeconds(2));
    }

    @Test
    void scanWhenFolderIsMissingFindsNothing() {
        repository.scan();

        assertThat(repository.all()).isEmpty();
        assertThat(repository.find(ModelReference.parse("digits"))).isEmpty();
    }

    @Test
    void scanWhenLayoutIsFlatFindsVersionOne() {
        put("digits/model.onnx", "a");
        repository.scan();

        Entry entry = entry("digits");
        assertThat(entry.version()).isEqualTo("1");
        assertThat(entry.versions()).containsExactly("1");
        assertThat(entry.signature()).isEqualTo(FakeRuntime.SIGNATURE);
        assertThat(entry.error()).isNull();
        assertThat(entry.model().digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(entry("digits:1")).isEqualTo(entry);
        assertThat(repository.find(ModelReference.parse("digits:2"))).isEmpty();
    }

    @Test
    void scanWhenVersionsAreNumberedTakesTheHighestByNumber() {
        put("digits/9/model.onnx", "a");
        put("digits/10/model.onnx", "b");
        repository.scan();

        assertThat(entry("digits").version()).isEqualTo("10");
        assertThat(entry("digits").versions()).containsExactly("9", "10");
        assertThat(entry("digits:9").model().folder()).isEqualTo(models.root().resolve("digits/9"));
    }

    @Test
    void scanWhenBothLayoutsAreThereFlatIsVersionOneUnlessNumbered() {
        put("digits/model.onnx", "flat");
        put("digits/2/model.onnx", "two");
        repository.scan();
        assertThat(entry("digits").versions()).containsExactly("1", "2");
        assertThat(entry("digits:1").model().folder()).isEqualTo(models.root().resolve("digits"));

        put("digits/1/model.onnx", "one");
        repository.scan();
        assertThat(entry("digits").versions()).containsExactly("1", "2");
        assertThat(entry("digits:1").model().folder()).isEqualTo(models.root().resolve("digits/1"));
    }

    @Test
    void scanWhenNumberedFolderIsEmptyWaitsForItsFiles() throws IOException {
        put("digits/1/model.onnx", "a");
        Files.createDirectory(models.root().resolve("digits/2"));
        repository.scan();

        assertThat(entry("digits").versions()).containsExactly("1");
    }

    @Test
    void scanWhenNamesAreNoModelNamesIgnoresThem() {
        put("good-1.0_x/model.onnx", "a");
        put("bad name/model.onnx", "a");
        put(".hidden/model.onnx", "a");
        put("_tmp/model.onnx", "a");
        put("README.md", "a");
        repository.scan();

        assertThat(repository.all()).extracting(Entry::name).containsExactly("good-1.0_x");
    }

    @Test
    void scanWhenModelsAreBrokenShowsWhyAndLeavesOthersAlone() {
        put("broken/model.onnx", "broken");
        put("fault/model.onnx", "fault");
        put("none/readme.txt", "nothing");
        put("settings/model.onnx", "a");
        put("settings/model.yml", "batch_size: 3");
        put("whole/model.onnx", "a");
        repository.scan();

        assertThat(repository.all())
                .extracting(Entry::name)
                .containsExactly("broken", "fault", "none", "settings", "whole");
        assertThat(entry("broken").error()).isEqualTo("no model");
        assertThat(entry("broken").model()).isNotNull();
        assertThat(entry("fault").error()).contains("by a fault of Modelmill");
        assertThat(entry("none").error()).isEqualTo("model.onnx is missing");
        assertThat(entry("settings").error())
                .isEqualTo("model.yml line 1: batch_size: unknown key; did you mean batch-size?");
        assertThat(entry("settings").model()).isNull();
        assertThat(entry("whole").error()).isNull();
    }

    @Test
    void scanWhenRuntimeIsNotThereSaysSo() {
        put("squares/worker.py", "a");
        put("squares/model.yml", "command: [python3, worker.py]");
        put("child/model.onnx", "a");
        put("child/model.yml", "isolation: process");
        repository.scan();

        assertThat(entry("squares").error()).startsWith("runtime: process isn't available yet");
        assertThat(entry("child").error()).startsWith("isolation: process isn't available yet");
    }

    @Test
    void scanWhenLinkLeadsOutsideShowsIt() throws IOException {
        put("digits/model.yml", "threads: 1");
        Path outside = Files.writeString(root.resolve("model.onnx"), "a");
        Files.createSymbolicLink(models.root().resolve("digits/model.onnx"), outside);
        repository.scan();

        assertThat(entry("digits").error()).startsWith("\"model.onnx\" is a symbolic link that leads outside");
        assertThat(runtime.inspected).isEmpty();
    }

    @Test
    void tickWhenModelAppearsTakesItOnceItIsQuietForTwoSeconds() {
        repository.scan();
        put("digits/model.onnx", "a");

        repository.tick();
        tickAfter(Duration.ofMillis(1_999));
        assertThat(repository.all()).isEmpty();
        tickAfter(Duration.ofMillis(1));
        assertThat(entry("digits").signature()).isNotNull();
    }

    @Test
    void tickWhenModelIsStillBeingCopiedWaits() {
        repository.scan();
        put("digits/model.onnx", "a");
        repository.tick();
        for (String text : List.of("ab", "abc", "abcd")) {
            clock.advance(Duration.ofSeconds(1));
            put("digits/model.onnx", text);
            repository.tick();
            tickAfter(Duration.ofSeconds(1));
            assertThat(repository.all()).isEmpty();
        }
        tickAfter(Duration.ofSeconds(1));

        assertThat(entry("digits").error()).isNull();
    }

    @Test
    void tickWhenFileIsReplacedGivesTheNewModelUnderTheSameVersion() {
        put("digits/model.onnx", "a");
        repository.scan();
        String before = entry("digits").model().digest();
        put("digits/model.onnx", "bb");
        settle();

        assertThat(entry("digits").version()).isEqualTo("1");
        assertThat(entry("digits").model().digest()).isNotEqualTo(before);
    }

    @Test
    void tickWhenOneVersionChangesLeavesTheOthersUnread() {
        put("digits/1/model.onnx", "a");
        put("digits/2/model.onnx", "b");
        repository.scan();
        put("digits/2/model.onnx", "bb");
        settle();

        assertThat(runtime.inspected).containsExactly("digits:1", "digits:2", "digits:2");
    }

    @Test
    void tickWhenFileIsTouchedTakesTheFingerprintButInspectsNothing() throws IOException {
        put("digits/model.onnx", "a");
        repository.scan();
        Entry before = entry("digits");
        Files.setLastModifiedTime(models.root().resolve("digits/model.onnx"), FileTime.fromMillis(1));
        settle();

        assertThat(entry("digits").model().digest()).isEqualTo(before.model().digest());
        assertThat(entry("digits").model().fingerprint())
                .isNotEqualTo(before.model().fingerprint());
        assertThat(runtime.inspected).hasSize(1);
    }

    @Test
    void tickWhenSettingsAreMendedModelIsUsable() {
        put("digits/model.onnx", "a");
        put("digits/model.yml", "threads: many");
        repository.scan();
        assertThat(entry("digits").error()).contains("threads");
        put("digits/model.yml", "threads: 2");
        settle();

        assertThat(entry("digits").error()).isNull();
        assertThat(entry("digits").model().settings().threads()).isEqualTo(2);
    }

    @Test
    void tickWhenModelIsGoneForTwoSecondsForgetsIt() throws IOException {
        put("digits/model.onnx", "a");
        repository.scan();
        Files.delete(models.root().resolve("digits/model.onnx"));
        Files.delete(models.root().resolve("digits"));

        repository.tick();
        assertThat(repository.all()).hasSize(1);
        tickAfter(Duration.ofSeconds(2));
        assertThat(repository.all()).isEmpty();
    }

    @Test
    void findWhenModelIsBeingReadGivesWhatIsKnown() {
        put("digits/model.onnx", "a");
        readLater();
        repository.scan();
        assertThat(entry("digits")).isEqualTo(new Entry("digits", "1", List.of("1"), null, null, null));
        readNow();
        Entry first = entry("digits");
        assertThat(first.signature()).isNotNull();

        put("digits/model.onnx", "bb");
        settle();
        assertThat(entry("digits")).isEqualTo(first);
        readNow();
        assertThat(entry("digits").model().digest()).isNotEqualTo(first.model().digest());
    }

    @Test
    void awaitWhenModelIsBeingReadWaitsForIt() throws Exception {
        put("digits/model.onnx", "a");
        readLater();
        repository.scan();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        runtime.whileInspecting = () -> {
            reading.countDown();
            awaitLatch(goOn);
        };
        CompletableFuture<Void> reader = CompletableFuture.runAsync(this::readNow);
        reading.await();
        CompletableFuture<Entry> awaited = CompletableFuture.supplyAsync(() -> repository
                .await(ModelReference.parse("digits"), Duration.ofSeconds(20))
                .orElseThrow());

        assertThat(entry("digits").signature()).isNull();
        goOn.countDown();
        assertThat(awaited.get().signature()).isNotNull();
        reader.get();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void awaitWhenReadingTakesTooLongGivesWhatIsKnown() {
        put("digits/model.onnx", "a");
        readLater();
        repository.scan();

        Entry entry = repository
                .await(ModelReference.parse("digits"), Duration.ofMillis(1))
                .orElseThrow();
        assertThat(entry.signature()).isNull();
        assertThat(entry.error()).isNull();
        assertThat(repository.await(ModelReference.parse("other"), Duration.ofSeconds(1)))
                .isEmpty();
    }

    @Test
    void scanWhenFilesChangeWhileTheyAreReadSaysSoAndTakesThemLater() {
        put("digits/model.onnx", "a");
        runtime.whileInspecting = () -> put("digits/model.onnx", "abc");
        repository.scan();
        assertThat(entry("digits").error()).contains("changed while they were being read");

        runtime.whileInspecting = () -> {};
        settle();
        assertThat(entry("digits").error()).isNull();
    }
}
