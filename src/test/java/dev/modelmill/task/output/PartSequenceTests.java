package dev.modelmill.task.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartSequenceTests {

    @TempDir
    private Path folder;

    /** The lines by index, and the parts that hold them. */
    private final Map<Long, String> lines = new TreeMap<>();

    private final List<Part> parts = new ArrayList<>();

    @Test
    void writeToGivesEveryRangeOfBytes() throws IOException {
        somePartsWithGaps();
        PartSequence sequence = new PartSequence(parts);
        byte[] all = all().getBytes(UTF_8);

        assertThat(sequence.length()).isEqualTo(all.length);
        for (int from = 0; from <= all.length; from++) {
            for (int to = from; to <= all.length; to++) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                sequence.writeTo(out, from, to - from);
                if (!Arrays.equals(out.toByteArray(), 0, out.size(), all, from, to)) {
                    assertThat(out.toString(UTF_8)).isEqualTo(new String(all, from, to - from, UTF_8));
                }
            }
        }
    }

    @Test
    void writeToWithoutRangeGivesAll() throws IOException {
        somePartsWithGaps();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PartSequence(parts).writeTo(out);

        assertThat(out.toString(UTF_8)).isEqualTo(all());
    }

    @Test
    void writeToWhenRangeIsOutsideRefuses() throws IOException {
        somePartsWithGaps();
        PartSequence sequence = new PartSequence(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        for (long[] range : new long[][] {
            {-1, 1}, {0, -1}, {0, sequence.length() + 1}, {sequence.length() + 1, 0}, {1, Long.MAX_VALUE}
        }) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> sequence.writeTo(out, range[0], range[1]));
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void writeToWhenAFileIsShortOrMissingSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("short"), "{\"index\":0}\n");
        PartSequence tooShort = new PartSequence(List.of(new Part(file, 13, 0, 1)));
        PartSequence missing = new PartSequence(List.of(new Part(folder.resolve("missing"), 1, 0, 1)));

        for (PartSequence sequence : List.of(tooShort, missing)) {
            assertThatExceptionOfType(PartDamagedException.class)
                    .isThrownBy(() -> sequence.writeTo(new ByteArrayOutputStream()));
            assertThatExceptionOfType(PartDamagedException.class)
                    .isThrownBy(() -> sequence.lines(LineSelection.ALL, (bytes, from, to) -> {}));
        }
    }

    @Test
    void linesSelectsByIndexAndLimitAroundEveryBoundary() throws IOException {
        somePartsWithGaps();
        PartSequence sequence = new PartSequence(parts);

        for (long after = -1; after <= 35; after++) {
            for (long limit = 0; limit <= lines.size() + 1; limit++) {
                long beyond = after;
                String expected = lines.entrySet().stream()
                        .filter(line -> line.getKey() > beyond)
                        .limit(limit)
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining());

                assertThat(select(sequence, new LineSelection(after, limit, null)))
                        .as("after %d limit %d", after, limit)
                        .isEqualTo(expected);
            }
        }
        assertThat(select(sequence, new LineSelection(Long.MAX_VALUE, Long.MAX_VALUE, null)))
                .isEmpty();
        assertThat(select(sequence, LineSelection.ALL)).isEqualTo(all());
    }

    @Test
    void linesTouchesNoFileOutsideTheSelection() throws IOException {
        part(0, 10, 0, 9);
        part(10, 10, 10, 19);
        part(20, 10, 20, 29);
        Files.delete(parts.get(0).file());
        Files.delete(parts.get(2).file());

        assertThat(select(new PartSequence(parts), new LineSelection(9, 2, null)))
                .isEqualTo(lines.get(10L) + lines.get(19L));
    }

    @Test
    void linesReadsNoFurtherThanThePart() throws IOException {
        Path file = Files.writeString(folder.resolve("longer"), "{\"index\":0}\n{\"index\":1}\n{\"ind");
        PartSequence sequence = new PartSequence(List.of(new Part(file, 12, 0, 1)));

        assertThat(select(sequence, LineSelection.ALL)).isEqualTo("{\"index\":0}\n");
    }

    @Test
    void linesWhenALineHasNoEndSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("cut"), "{\"index\":0}\n{\"index\":1}\n");
        PartSequence sequence = new PartSequence(List.of(new Part(file, 20, 0, 2)));

        assertThatExceptionOfType(PartDamagedException.class)
                .isThrownBy(() -> select(sequence, LineSelection.ALL))
                .withMessageContaining("no end");
    }

    @Test
    void linesMayBeLongerThanTheBuffer() throws IOException {
        StringBuilder text = new StringBuilder();
        int[] sizes = {1, 65_500, 65_536, 70_000, 3, 300_000, 131_072, 10};
        for (int i = 0; i < sizes.length; i++) {
            text.append("{\"index\":%d,\"id\":\"%s\"}\n".formatted(i, "x".repeat(sizes[i])));
        }
        Path file = Files.writeString(folder.resolve("long"), text);
        PartSequence sequence = new PartSequence(List.of(new Part(file, text.length(), 0, sizes.length)));

        assertThat(select(sequence, LineSelection.ALL)).isEqualTo(text.toString());
        assertThat(select(sequence, new LineSelection(5, 1, null)))
                .startsWith("{\"index\":6,")
                .hasSizeGreaterThan(131_072);
    }

    @Test
    void linesSelectsErrorsByCode() throws IOException {
        String text = """
                {"index":0,"id":"\\"code\\":\\"timeout\\"","line":1,"code":"model_error","message":"timeout","attempts":1}
                {"index":1,"id":{"code":"timeout"},"line":2,"code":"model_error","message":"","attempts":1}
                {"index":2,"id":[{"code":"timeout"}],"line":null,"code":"timeout","message":"","attempts":2}
                {"index":5,"id":null,"line":3,"code":"invalid_task","message":"\\"code\\":\\"timeout\\"","attempts":1}
                {"index":6,"id":null,"line":3,"code":"timeout","message":"","attempts":1,"input":{"code":"model_error"}}
                """;
        Path file = Files.writeString(folder.resolve("errors"), text);
        PartSequence sequence = new PartSequence(List.of(new Part(file, text.length(), 0, 7)));

        assertThat(indexes(sequence, "timeout")).containsExactly(2L, 6L);
        assertThat(indexes(sequence, "model_error")).containsExactly(0L, 1L);
        assertThat(indexes(sequence, "worker_crashed")).isEmpty();
        assertThat(select(sequence, new LineSelection(2, 1, "timeout"))).startsWith("{\"index\":6,");
    }

    private static List<Long> indexes(PartSequence sequence, String code) throws IOException {
        List<Long> indexes = new ArrayList<>();
        sequence.lines(
                new LineSelection(-1, Long.MAX_VALUE, code),
                (bytes, from, to) -> indexes.add(ResultLine.index(bytes, from)));
        return indexes;
    }

    private static String select(PartSequence sequence, LineSelection selection) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sequence.lines(selection, LineSink.to(out));
        return out.toString(UTF_8);
    }

    private void somePartsWithGaps() throws IOException {
        part(0, 5, 0, 1, 4);
        part(5, 5);
        part(10, 8, 11, 17);
        part(18, 3, 18, 19, 20);
        parts.add(new Part(folder.resolve("never made"), 0, 21, 9));
        part(30, 3, 31);
    }

    private void part(long first, long tasks, long... indexes) throws IOException {
        StringBuilder text = new StringBuilder();
        for (long index : indexes) {
            lines.put(index, "{\"index\":%d,\"id\":\"ü%d\"}\n".formatted(index, index));
            text.append(lines.get(index));
        }
        Path file = Files.writeString(folder.resolve("part" + first), text);
        parts.add(new Part(file, Files.size(file), first, tasks));
        Files.writeString(file, text + "never committed");
    }

    private String all() {
        return String.join("", lines.values());
    }
}
