package dev.modelmill.task.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionTests {

    @TempDir
    Path folder;

    private Path source;
    private Path target;

    @BeforeEach
    void names() {
        source = folder.resolve("source");
        target = folder.resolve("target");
    }

    @Test
    void ofGoesByNameAndByFirstBytes() throws IOException {
        Files.writeString(source, "{}");
        assertThat(Compression.of("a.jsonl", source)).isEqualTo(Compression.NONE);
        assertThat(Compression.of("a.JSONL.GZ", source)).isEqualTo(Compression.GZIP);
        Files.write(source, gzip(new byte[0]));
        assertThat(Compression.of("a.jsonl", source)).isEqualTo(Compression.GZIP);
        Files.write(source, new byte[0]);
        assertThat(Compression.of("a.jsonl", source)).isEqualTo(Compression.NONE);
        assertThatExceptionOfType(InputUnreadableException.class)
                .isThrownBy(() -> Compression.of("a.csv.zst", source))
                .withMessageContaining("Zstandard");
    }

    @Test
    void copyPlainUnpacksAllMembers() throws IOException {
        byte[] content = new byte[700_000];
        new Random(7).nextBytes(content);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(Arrays.copyOf(content, 300_000)));
        members.write(gzip(new byte[0]));
        members.write(gzip(Arrays.copyOfRange(content, 300_000, content.length)));
        Files.write(source, members.toByteArray());
        Compression.GZIP.copyPlain(source, target, () -> false);
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void copyPlainWhenNotPackedCopies() throws IOException {
        Files.writeString(source, "{}\n");
        Compression.NONE.copyPlain(source, target, () -> false);
        assertThat(target).hasContent("{}\n");
    }

    @Test
    void copyPlainWhenCutOffOrCorruptSaysSo() throws IOException {
        byte[] packed = gzip("some text that is packed".getBytes(StandardCharsets.UTF_8));
        for (int length = 0; length < packed.length; length++) {
            assertCorrupt(Arrays.copyOf(packed, length));
        }
        packed[packed.length - 5] ^= 1;
        assertCorrupt(packed);
        assertCorrupt("plain text".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void copyPlainWhenTheTargetCantBeWrittenIsNoFaultOfTheInput() throws IOException {
        Files.write(source, gzip(new byte[10]));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Compression.GZIP.copyPlain(source, folder.resolve("none/target"), () -> false));
    }

    @Test
    void formatGoesByTheExtensionUnderThePacking() {
        assertThat(TaskFormat.of("a.jsonl")).contains(TaskFormat.JSONL);
        assertThat(TaskFormat.of("a.b.NDJSON.gz")).contains(TaskFormat.JSONL);
        assertThat(TaskFormat.of("dir.csv/a.CSV.zst")).contains(TaskFormat.CSV);
        assertThat(TaskFormat.of("dir.csv/a")).isEmpty();
        assertThat(TaskFormat.of("csv")).isEmpty();
        assertThat(TaskFormat.of("a.gz")).isEmpty();
        assertThat(TaskFormat.whyUnknown("a.parquet")).contains("Parquet");
        assertThat(TaskFormat.whyUnknown("a.txt")).contains(".txt");
        assertThat(TaskFormat.whyUnknown("a")).contains("no extension");
    }

    private void assertCorrupt(byte[] packed) throws IOException {
        Files.write(source, packed);
        Files.deleteIfExists(target);
        assertThatExceptionOfType(InputUnreadableException.class)
                .isThrownBy(() -> Compression.GZIP.copyPlain(source, target, () -> false))
                .withMessage("the gzip file is cut off or corrupt");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
