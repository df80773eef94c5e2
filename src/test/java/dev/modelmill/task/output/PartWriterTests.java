package dev.modelmill.task.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartWriterTests {

    @TempDir
    private Path job;

    private PartFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = PartFolder.in(job);
    }

    @Test
    void flushTellsLengthsAndChecksums() throws IOException {
        try (PartWriter writer = PartWriter.create(folder.files(17, 2))) {
            results(writer, "{\"index\":1}\n");
            errors(writer, "{\"index\":2}\n{\"index\":3}\n");
            PartState state = writer.flush();

            assertThat(state)
                    .isEqualTo(new PartState(12, crc("{\"index\":1}\n"), 24, crc("{\"index\":2}\n{\"index\":3}\n")));
            assertThat(job.resolve("parts/00017.2.results")).hasContent("{\"index\":1}\n");
            assertThat(job.resolve("parts/00017.2.errors")).hasSize(24);
        }
    }

    @Test
    void createMakesErrorsAtTheFirstOneOnly() throws IOException {
        PartFiles files = folder.files(0, 1);
        try (PartWriter writer = PartWriter.create(files)) {
            writer.appendErrors(new byte[1], 1, 1);

            assertThat(writer.force()).isEqualTo(PartState.EMPTY);
            assertThat(files.results()).exists();
            assertThat(files.errors()).doesNotExist();
        }
    }

    @Test
    void appendTakesChunksOfAnySize() throws IOException {
        PartFiles files = folder.files(0, 1);
        StringBuilder expected = new StringBuilder();
        PartState state;
        try (PartWriter writer = PartWriter.create(files)) {
            for (int size : new int[] {1, 70_000, 65_535, 1, 65_536, 65_537, 0, 30_000, 30_000, 30_000}) {
                String chunk = Integer.toString(size % 7).repeat(size);
                results(writer, chunk);
                expected.append(chunk);
            }
            state = writer.force();
        }

        assertThat(files.results()).hasContent(expected.toString());
        assertThat(state).isEqualTo(new PartState(expected.length(), crc(expected.toString()), 0, 0));
        files.verify(state);
    }

    @Test
    void appendTakesTheGivenRangeOnly() throws IOException {
        try (PartWriter writer = PartWriter.create(folder.files(0, 1))) {
            writer.appendResults("<a\n>".getBytes(UTF_8), 1, 3);
            writer.appendErrors("<b\n>".getBytes(UTF_8), 1, 3);

            assertThat(writer.flush()).isEqualTo(new PartState(2, crc("a\n"), 2, crc("b\n")));
        }
    }

    @Test
    void closeIsSafeTwiceAndKeepsNothingUnflushed() throws IOException {
        PartFiles files = folder.files(0, 1);
        PartWriter writer = PartWriter.create(files);
        results(writer, "kept\n");
        errors(writer, "kept, too\n");
        writer.flush();
        results(writer, "lost\n");
        writer.close();
        writer.close();

        assertThat(files.results()).hasContent("kept\n");
        assertThat(files.errors()).hasContent("kept, too\n");
    }

    @Test
    void createWhenAZombieStillWritesTheFileLeavesItAlone() throws IOException {
        PartFiles files = folder.files(0, 1);
        try (PartWriter zombie = PartWriter.create(files);
                PartWriter writer = PartWriter.create(files)) {
            results(writer, "mine\n");
            writer.flush();
            results(zombie, "zombie's, and longer\n");
            zombie.flush();

            assertThat(files.results()).hasContent("mine\n");
        }
    }

    @Test
    void createWhenFolderIsMissingFails() {
        PartFiles files = new PartFiles(job.resolve("nowhere"), 0, 1);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> PartWriter.create(files));
    }

    @Test
    void resumeGoesOnAsIfNothingHadHappened() throws IOException {
        PartFiles first = folder.files(3, 1);
        PartState committed = twoCommittedOfThree(first);
        PartFiles second = folder.files(3, 2);
        PartState state;
        try (PartWriter writer = PartWriter.resume(committed, first, second)) {
            assertThat(writer.flush()).isEqualTo(committed);
            results(writer, "three\n");
            state = writer.force();
        }

        assertThat(second.results()).hasContent("one\ntwo\nthree\n");
        assertThat(second.errors()).hasContent("bad\n");
        assertThat(state).isEqualTo(new PartState(14, crc("one\ntwo\nthree\n"), 4, crc("bad\n")));
        assertThat(first.results()).hasContent("one\ntwo\nnever committed\n");
    }

    @Test
    void resumeWhenNothingWasCommittedNeedsNoFiles() throws IOException {
        try (PartWriter writer = PartWriter.resume(PartState.EMPTY, folder.files(3, 1), folder.files(3, 2))) {
            assertThat(writer.flush()).isEqualTo(PartState.EMPTY);
        }
    }

    @Test
    void resumeWhenOnlyErrorsWereCommittedCopiesThem() throws IOException {
        PartFiles first = folder.files(3, 1);
        PartState committed;
        try (PartWriter writer = PartWriter.create(first)) {
            errors(writer, "bad\n");
            committed = writer.flush();
        }
        Files.delete(first.results());
        try (PartWriter writer = PartWriter.resume(committed, first, folder.files(3, 2))) {
            assertThat(writer.flush()).isEqualTo(committed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"results", "errors"})
    void resumeWhenAFileIsDamagedRefuses(String kind) throws IOException {
        PartFiles first = folder.files(3, 1);
        PartState committed = twoCommittedOfThree(first);
        Path file = folder.path().resolve("00003.1." + kind);
        byte[] content = Files.readAllBytes(file);
        first.verify(committed);

        Files.write(file, Arrays.copyOf(content, 3));
        refuses(committed, first, "bytes are missing at its end");
        content[2] ^= 1;
        Files.write(file, content);
        refuses(committed, first, "its checksum differs");
        Files.delete(file);
        refuses(committed, first, "it is missing");
    }

    private void refuses(PartState committed, PartFiles first, String why) {
        assertThatExceptionOfType(PartDamagedException.class)
                .isThrownBy(() -> PartWriter.resume(committed, first, folder.files(3, 2)))
                .withMessageContaining(why);
        assertThatExceptionOfType(PartDamagedException.class)
                .isThrownBy(() -> first.verify(committed))
                .withMessageContaining(why);
    }

    @Test
    void resumeWhenPreviousIsNextRefuses() throws IOException {
        PartFiles files = folder.files(3, 1);
        PartState committed = twoCommittedOfThree(files);

        assertThatIllegalArgumentException().isThrownBy(() -> PartWriter.resume(committed, files, files));
        files.verify(committed);
    }

    @Test
    void retainRemovesWhatNoRowNames() throws IOException {
        for (int attempt = 1; attempt <= 3; attempt++) {
            twoCommittedOfThree(folder.files(3, attempt));
        }
        twoCommittedOfThree(folder.files(4, 1));
        folder.retain(List.of(folder.files(3, 2), folder.files(5, 1)));

        try (Stream<Path> left = Files.list(folder.path())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("00003.2.results", "00003.2.errors");
        }
    }

    private static PartState twoCommittedOfThree(PartFiles files) throws IOException {
        try (PartWriter writer = PartWriter.create(files)) {
            results(writer, "one\n");
            errors(writer, "bad\n");
            results(writer, "two\n");
            PartState committed = writer.flush();
            results(writer, "never committed\n");
            writer.flush();
            return committed;
        }
    }

    private static void results(PartWriter writer, String lines) throws IOException {
        byte[] bytes = lines.getBytes(UTF_8);
        writer.appendResults(bytes, 0, bytes.length);
    }

    private static void errors(PartWriter writer, String lines) throws IOException {
        byte[] bytes = lines.getBytes(UTF_8);
        writer.appendErrors(bytes, 0, bytes.length);
    }

    private static int crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return (int) crc.getValue();
    }
}
