package dev.modelmill.job.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Tests of {@link EventLog} with its cursor, file and memory. */
class EventLogTests {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final long RUN = 1_000_000_000;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void appendWritesTheEventAsContracted() throws IOException {
        EventLog log = open(2);
        log.append(NOON, Level.WARN, "digits-1", "a \"quoted\"\nline\t\u0001 ü");
        assertThat(lines())
                .containsExactly(
                        "{\"run\":2}",
                        "{\"seq\":2000000001,\"time\":\"2026-11-03T12:00:00.123Z\",\"level\":\"WARN\","
                                + "\"worker\":\"digits-1\",\"message\":\"a \\\"quoted\\\"\\nline\\t\\u0001 ü\"}");
        assertThat(told).containsExactly("WARN");
    }

    @Test
    void eventGivesBackWhatWasAppended() {
        EventLog log = open(1);
        log.append(Instant.parse("2026-01-01T00:00:00Z"), Level.INFO, "w", "half \ud83d and whole \ud83d\ude00");
        LogLine line = log.last(1).read(1).get(0);
        assertThat(new String(line.json(), StandardCharsets.UTF_8)).contains("\"time\":\"2026-01-01T00:00:00.000Z\"");
        assertThat(line.event())
                .isEqualTo(new LogEvent(
                        RUN + 1, Instant.parse("2026-01-01T00:00:00Z"), "INFO", "w", "half ? and whole \ud83d\ude00"));
    }

    @Test
    void appendWhenMessageIsTooLongCutsItBetweenCharacters() {
        EventLog log = open(1);
        String fits = "x".repeat(LogFormat.MAX_MESSAGE);
        append(log, fits);
        append(log, "x".repeat(LogFormat.MAX_MESSAGE - 1) + "ü");
        append(log, "\u0001".repeat(100_000));
        List<String> messages = messages(log.after(0));
        assertThat(messages.get(0)).isEqualTo(fits);
        assertThat(messages.get(1)).isEqualTo("x".repeat(LogFormat.MAX_MESSAGE - 1) + "… [cut: 16385 bytes]");
        assertThat(messages.get(2)).startsWith("\u0001\u0001").endsWith("… [cut: 100000 bytes]");
    }

    @Test
    void openWhenLastLineIsTornCutsIt() throws IOException {
        EventLog log = open(1);
        append(log, "whole");
        Files.writeString(file(), "{\"seq\":1000000002,\"ti", StandardOpenOption.APPEND);
        EventLog reopened = closed();
        assertThat(messages(reopened.after(0))).containsExactly("whole");
        reopened.open(2);
        append(reopened, "next");
        assertThat(messages(closed().after(0))).containsExactly("whole", "next");
        assertThat(lines()).hasSize(4).noneMatch(line -> line.endsWith("\"ti"));
    }

    @Test
    void readWhenALineIsDamagedLeavesItOut() throws IOException {
        EventLog log = open(1);
        append(log, "one");
        Files.writeString(
                file(), "{\"seq\":1000000002,\0\0\0\0\n" + "\0".repeat(300_000) + "\n", StandardOpenOption.APPEND);
        EventLog reopened = closed();
        reopened.open(2);
        append(reopened, "two");
        assertThat(messages(reopened.after(0))).containsExactly("one", "two");
        assertThat(messages(closed().after(0))).containsExactly("one", "two");
    }

    @Test
    void seqGrowsOverRunsAndReopening() {
        EventLog log = open(1);
        append(log, "a");
        append(log, "b");
        log.close();
        log.open(2);
        append(log, "c");
        EventLog other = open(7);
        append(other, "d");
        assertThat(seqs(other.after(0))).containsExactly(RUN + 1, RUN + 2, 2 * RUN + 1, 7 * RUN + 1);
    }

    @Test
    void seqGrowsWhenTheNumberOfRunsWasLost() {
        EventLog log = open(5);
        append(log, "a");
        long end = log.end();
        EventLog rebuilt = open(1);
        append(rebuilt, "b");
        assertThat(seqs(rebuilt.after(0))).containsExactly(5 * RUN + 1, end + 1);
        assertThat(rebuilt.end()).isEqualTo(end + 2);
    }

    @Test
    void appendWhenClosedDoesNothing() {
        EventLog log = open(1);
        log.close();
        log.close();
        append(log, "late");
        assertThat(log.size()).isZero();
        assertThat(log.isOpen()).isFalse();
    }

    @Test
    void readWhenThereIsNoFileIsEmpty() {
        EventLog log = closed();
        assertThat(log.after(0).read(10)).isEmpty();
        assertThat(log.last(10).read(10)).isEmpty();
        assertThat(log.endSeq()).isEqualTo(1);
        assertThat(log.hasEnd()).isFalse();
        assertThat(file()).doesNotExist();
    }

    @Test
    void endIsKeptAndHidden() {
        EventLog log = open(1);
        append(log, "a");
        long end = log.end();
        assertThat(end).isEqualTo(RUN + 2);
        assertThat(log.end()).isEqualTo(end);
        append(log, "straggler");
        assertThat(log.end()).isEqualTo(end);
        log.close();
        EventLog later = closed();
        assertThat(later.hasEnd()).isTrue();
        assertThat(later.endSeq()).isEqualTo(end);
        assertThat(seqs(later.after(0))).containsExactly(RUN + 1, RUN + 3);
    }

    @Test
    void openAfterEndHasAnEndOfItsOwn() {
        EventLog log = open(1);
        log.end();
        log.open(2);
        assertThat(log.hasEnd()).isFalse();
        assertThat(closed().hasEnd()).isFalse();
        append(log, "b");
        assertThat(log.end()).isEqualTo(2 * RUN + 2);
        assertThat(closed().endSeq()).isEqualTo(2 * RUN + 2);
    }

    @Test
    void endSeqWhenTheEndWasNotMarkedFollowsTheLastEvent() {
        append(open(3), "crash");
        assertThat(closed().endSeq()).isEqualTo(3 * RUN + 2);
        assertThat(closed().end()).isEqualTo(3 * RUN + 2);
    }

    @Test
    void appendWhenLogIsFullCountsAndSaysSo() {
        EventLog log = new EventLog(folder, 500, CLOCK, told::add);
        log.open(1);
        IntStream.range(0, 100).forEach(i -> append(log, "event " + i));
        List<String> before = messages(log.after(0));
        log.close();
        List<String> after = messages(log.after(0));
        int kept = before.size() - 1;
        assertThat(kept).isBetween(3, 5);
        assertThat(before.get(kept)).contains("modelmill.max-log-size").contains("500");
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        assertThat(after.get(after.size() - 1)).startsWith((100 - kept) + " events were left out");
        assertThat(log.after(0).read(100).get(kept).event().worker()).isEqualTo(LogEvent.SERVICE);
    }

    @Test
    void endWhenLogIsFullStillHasASeq() {
        EventLog log = new EventLog(folder, 1, CLOCK, told::add);
        log.open(1);
        append(log, "a");
        assertThat(log.end()).isEqualTo(RUN + 3);
        log.close();
        assertThat(closed().endSeq()).isEqualTo(RUN + 3);
        assertThat(messages(closed().after(0))).hasSize(2).last().asString().startsWith("1 event was left out");
    }

    @Test
    void readGivesTheSameFromMemoryAndFile() {
        EventLog log = open(1);
        IntStream.range(0, 3_000).forEach(i -> append(log, "event " + i + " " + "x".repeat(i % 300)));
        List<String> all = messages(log.after(0));
        assertThat(all).hasSize(3_000);
        assertThat(messages(closed().after(0))).isEqualTo(all);
        assertThat(messages(log.last(2_000))).isEqualTo(all.subList(1_000, 3_000));
        assertThat(messages(log.last(10))).isEqualTo(all.subList(2_990, 3_000));
        assertThat(messages(log.last(5_000))).isEqualTo(all);
    }

    @Test
    void afterBeginsAtTheNextSeqWhereverItIs() {
        EventLog log = open(1);
        IntStream.range(0, 2_500).forEach(i -> append(log, "x".repeat(100)));
        log.open(2);
        IntStream.range(0, 10).forEach(i -> append(log, "y"));
        for (EventLog each : List.of(log, closed())) {
            assertThat(firstSeqAfter(each, RUN + 1)).isEqualTo(RUN + 2);
            assertThat(firstSeqAfter(each, RUN + 777)).isEqualTo(RUN + 778);
            assertThat(firstSeqAfter(each, RUN + 2_499)).isEqualTo(RUN + 2_500);
            assertThat(firstSeqAfter(each, RUN + 2_500)).isEqualTo(2 * RUN + 1);
            assertThat(firstSeqAfter(each, RUN + 5_000)).isEqualTo(2 * RUN + 1);
            assertThat(each.after(2 * RUN + 10).read(1)).isEmpty();
            assertThat(each.after(Long.MAX_VALUE).read(1)).isEmpty();
        }
    }

    @Test
    void cursorFollowsWhatIsAppended() {
        EventLog log = open(1);
        LogCursor cursor = log.last(1_000);
        assertThat(cursor.read(5)).isEmpty();
        append(log, "a");
        append(log, "b");
        assertThat(cursor.remaining()).isEqualTo(2);
        assertThat(cursor.read(1)).extracting(LogLine::seq).containsExactly(RUN + 1);
        log.open(2);
        append(log, "c");
        assertThat(messages(cursor)).containsExactly("b", "c");
        assertThat(cursor.position()).isEqualTo(3);
    }

    @Test
    void cursorWhenMemoryHasMovedOnReadsTheFile() {
        EventLog log = open(1);
        LogCursor cursor = log.last(0);
        IntStream.range(0, 10).forEach(i -> append(log, "event " + i));
        assertThat(cursor.read(5)).hasSize(5);
        IntStream.range(10, 5_000).forEach(i -> append(log, "event " + i));
        assertThat(messages(cursor)).hasSize(4_995).startsWith("event 5").endsWith("event 4999");
    }

    @Test
    void skipToLastSaysWhatWasLeftOut() {
        EventLog log = open(1);
        IntStream.range(0, 5_000).forEach(i -> append(log, "event " + i));
        LogCursor cursor = log.after(RUN + 100);
        assertThat(cursor.skipToLast(1_000)).contains(new SkippedLines(3_900, RUN + 101, RUN + 4_000));
        assertThat(cursor.read(1)).extracting(LogLine::seq).containsExactly(RUN + 4_001);
        assertThat(cursor.skipToLast(1_000)).isEmpty();
        assertThat(cursor.skipToLast(998)).contains(new SkippedLines(1, RUN + 4_002, RUN + 4_002));
    }

    @Test
    void readWhenFileIsGoneThrows() throws IOException {
        EventLog log = open(1);
        LogCursor cursor = log.after(0);
        IntStream.range(0, 1_000).forEach(i -> append(log, "x"));
        log.close();
        Files.delete(file());
        assertThatThrownBy(() -> cursor.read(1)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void writeToFilters() throws IOException {
        EventLog log = open(1);
        log.append(NOON, Level.DEBUG, "a-1", "one");
        log.append(NOON, Level.ERROR, "a-2", "two");
        log.append(NOON, Level.INFO, "a-1", "three");
        log.append(NOON, Level.WARN, "a-1", "four");
        log.end();
        assertThat(written(log, LogQuery.after(0))).hasSize(4);
        assertThat(written(log, LogQuery.after(RUN + 3)))
                .singleElement()
                .asString()
                .contains("four");
        assertThat(written(log, LogQuery.parse(null, "info", "a-1", ""))).hasSize(2);
        assertThat(written(log, LogQuery.parse("0", "WARN", null, "1")))
                .singleElement()
                .asString()
                .contains("two");
        assertThat(written(log, LogQuery.parse(null, null, "a", null))).isEmpty();
    }

    @Test
    void writeToWhenMoreIsAppendedMeanwhileComesToAnEnd() throws IOException {
        EventLog log = open(1);
        append(log, "one");
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes) {
                append(log, "echo");
                writeBytes(bytes);
            }
        };
        log.writeTo(out, LogQuery.after(0));
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    @Test
    void appendFromManyThreadsKeepsOneOrder() throws Exception {
        EventLog log = new EventLog(folder, 1L << 30, CLOCK, level -> {});
        log.open(1);
        int threads = 4;
        int each = 2_000;
        ExecutorService executor = Executors.newFixedThreadPool(threads + 1);
        try {
            Future<List<LogLine>> reader = executor.submit(() -> follow(log, threads * each));
            List<Future<?>> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String worker = "w-" + t;
                writers.add(executor.submit(() -> IntStream.range(0, each)
                        .forEach(i -> log.append(NOON, Level.INFO, worker, Integer.toString(i)))));
            }
            for (Future<?> writer : writers) {
                writer.get(30, TimeUnit.SECONDS);
            }
            List<LogLine> live = reader.get(30, TimeUnit.SECONDS);
            assertThat(live)
                    .extracting(LogLine::seq)
                    .containsExactlyElementsOf(LongStream.rangeClosed(RUN + 1, RUN + threads * each)
                            .boxed()
                            .toList());
            assertThat(seqs(closed().after(0))).hasSize(threads * each);
            assertThat(live.stream().map(LogLine::event).filter(e -> e.worker().equals("w-2")))
                    .extracting(LogEvent::message)
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(Integer::toString).toList());
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<LogLine> follow(EventLog log, int count) {
        List<LogLine> lines = new ArrayList<>();
        LogCursor cursor = log.after(0);
        while (lines.size() < count && !Thread.currentThread().isInterrupted()) {
            lines.addAll(cursor.read(100));
            Thread.onSpinWait();
        }
        return lines;
    }

    private EventLog open(long run) {
        EventLog log = closed();
        log.open(run);
        return log;
    }

    private EventLog closed() {
        return new EventLog(folder, 1 << 20, CLOCK, told::add);
    }

    private static void append(EventLog log, String message) {
        log.append(NOON, Level.INFO, "digits-1", message);
    }

    private static List<String> messages(LogCursor cursor) {
        return all(cursor).stream().map(line -> line.event().message()).toList();
    }

    private static List<Long> seqs(LogCursor cursor) {
        return all(cursor).stream().map(LogLine::seq).toList();
    }

    private static List<LogLine> all(LogCursor cursor) {
        List<LogLine> lines = new ArrayList<>();
        for (List<LogLine> read = cursor.read(700); !read.isEmpty(); read = cursor.read(700)) {
            lines.addAll(read);
        }
        return lines;
    }

    private static long firstSeqAfter(EventLog log, long seq) {
        return log.after(seq).read(1).get(0).seq();
    }

    private static List<String> written(EventLog log, LogQuery query) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        log.writeTo(out, query);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Path file() {
        return folder.resolve("log.jsonl");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }
}
