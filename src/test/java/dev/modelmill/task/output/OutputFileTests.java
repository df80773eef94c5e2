package dev.modelmill.task.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTests {

    @TempDir
    private Path folder;

    @Test
    void publishShowsTheFileInAFolderThatIsMade() throws IOException {
        Path target = folder.resolve("a/b/out.jsonl");
        try (OutputFile file = prepare(target, false, "content")) {
            assertThat(target).doesNotExist();
            assertThat(target.resolveSibling(".out.jsonl.01k.part")).hasContent("content");
            file.publish();
        }

        assertThat(target).hasContent("content");
        assertThat(files(target.getParent())).containsExactly("out.jsonl");
    }

    @Test
    void publishWhenTargetExistsReplacesItOnlyIfAllowed() throws IOException {
        Path target = Files.writeString(folder.resolve("out.jsonl"), "other");
        try (OutputFile file = prepare(target, false, "content")) {
            assertThatExceptionOfType(OutputExistsException.class)
                    .isThrownBy(file::publish)
                    .withMessageContaining("out.jsonl")
                    .withMessageNotContaining(folder.toString());
        }
        assertThat(target).hasContent("other");
        assertThat(files(folder)).containsExactly("out.jsonl");

        try (OutputFile file = prepare(target, true, "content")) {
            file.publish();
        }
        assertThat(target).hasContent("content");
        assertThat(files(folder)).containsExactly("out.jsonl");
    }

    @Test
    void publishWhenTheJobHasPublishedBeforeDoesNothing() throws IOException {
        Path target = folder.resolve("out.jsonl");
        for (int run = 0; run < 2; run++) {
            try (OutputFile file = prepare(target, false, "content")) {
                file.publish();
            }
        }

        assertThat(target).hasContent("content");
        assertThat(files(folder)).containsExactly("out.jsonl");
    }

    @Test
    void publishWhenAFolderHasTheNameRefuses() throws IOException {
        Path target = Files.createDirectory(folder.resolve("out.jsonl"));
        try (OutputFile file = prepare(target, false, "content")) {
            assertThatExceptionOfType(OutputExistsException.class).isThrownBy(file::publish);
        }
        try (OutputFile file = prepare(target, true, "content")) {
            assertThatExceptionOfType(IOException.class).isThrownBy(file::publish);
        }

        assertThat(files(folder)).containsExactly("out.jsonl");
    }

    @Test
    void publishAllWhenOneIsRefusedPublishesNone() throws IOException {
        Path results = folder.resolve("out.jsonl");
        Path errors = Files.writeString(folder.resolve("out.jsonl.errors.jsonl"), "other");
        try (OutputFile first = prepare(results, false, "results");
                OutputFile second = prepare(errors, false, "errors")) {
            assertThatExceptionOfType(OutputExistsException.class)
                    .isThrownBy(() -> OutputFile.publishAll(List.of(first, second)));
        }
        assertThat(results).doesNotExist();
        Files.delete(errors);

        try (OutputFile first = prepare(results, false, "results");
                OutputFile second = prepare(errors, false, "errors")) {
            OutputFile.publishAll(List.of(first, second));
        }
        assertThat(results).hasContent("results");
        assertThat(errors).hasContent("errors");
    }

    @Test
    void prepareWhenContentFailsLeavesNothing() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OutputFile.prepare(folder.resolve("out.jsonl"), "01k", true, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .withMessage("No space left on device");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void prepareWhenToldToStopLeavesNothing() {
        AtomicBoolean stop = new AtomicBoolean();
        OutputFile.Content endless = out -> {
            for (int written = 0; true; written += 1_000) {
                out.write(new byte[1_000]);
                stop.set(written > 200_000);
            }
        };
        assertThatExceptionOfType(OutputStoppedException.class)
                .isThrownBy(
                        () -> OutputFile.prepare(folder.resolve("out.jsonl"), "01k", true, endless.until(stop::get)));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void prepareOfManyMegabytesKeepsEachByte() throws IOException {
        byte[] block = new byte[1_000_003];
        new Random(3).nextBytes(block);
        Path target = folder.resolve("out.jsonl");
        OutputFile.Content content = out -> {
            for (int i = 0; i < 70; i++) {
                out.write(i);
                out.write(block);
            }
        };
        try (OutputFile file = OutputFile.prepare(target, "01k", false, content.until(() -> false))) {
            file.publish();
        }
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        content.writeTo(expected);
        assertThat(Files.readAllBytes(target)).isEqualTo(expected.toByteArray());
    }

    @Test
    void discardRemovesOnlyWhatTheJobPrepared() throws IOException {
        Path target = Files.writeString(folder.resolve("out.jsonl"), "published");
        Files.writeString(folder.resolve(".out.jsonl.01k.part"), "left by a crash");
        Files.writeString(folder.resolve(".out.jsonl.02k.part"), "another job's");
        OutputFile.discard(target, "01k");
        OutputFile.discard(target, "01k");
        assertThat(files(folder)).containsExactlyInAnyOrder("out.jsonl", ".out.jsonl.02k.part");
    }

    @Test
    void prepareReplacesWhatACrashLeft() throws IOException {
        Path target = folder.resolve("out.jsonl");
        Files.writeString(folder.resolve(".out.jsonl.01k.part"), "left by a crash, and longer");
        try (OutputFile file = prepare(target, false, "content")) {
            file.publish();
        }

        assertThat(target).hasContent("content");
    }

    @Test
    void prepareTakesPartsAndCsv() throws IOException {
        Path first = Files.writeString(folder.resolve("p1"), "{\"index\":0,\"id\":\"a\",\"y\":1.0}\n");
        Path second = Files.writeString(folder.resolve("p2"), "{\"index\":3,\"id\":null,\"y\":[2,3]}\n");
        PartSequence parts = new PartSequence(
                List.of(new Part(first, Files.size(first), 0, 3), new Part(second, Files.size(second), 3, 1)));
        Path jsonl = folder.resolve("out.jsonl");
        Path csv = folder.resolve("out.csv");
        try (OutputFile file = OutputFile.prepare(jsonl, "01k", false, parts::writeTo)) {
            file.publish();
        }
        try (OutputFile file = OutputFile.prepare(
                csv,
                "01k",
                false,
                out -> parts.lines(LineSelection.ALL, CsvResults.results(out, List.of("y"), false)))) {
            file.publish();
        }

        assertThat(jsonl).hasContent(Files.readString(first) + Files.readString(second));
        assertThat(csv).hasContent("index,id,y\n0,a,1.0\n3,,\"[2,3]\"\n");
    }

    private static OutputFile prepare(Path target, boolean overwrite, String content) throws IOException {
        return OutputFile.prepare(target, "01k", overwrite, out -> out.write(content.getBytes(UTF_8)));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
