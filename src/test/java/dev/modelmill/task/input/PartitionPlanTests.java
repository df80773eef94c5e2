package dev.modelmill.task.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionPlanTests {

    @TempDir
    Path folder;

    private final Random random = new Random(6);

    @Test
    void cutWhenThereAreNoTasksGivesNoPartitions() {
        InputScan scan = TestInputs.scan(TestInputs.csv(folder, "a,b\n\n"), 4);
        assertThat(scan.tasks()).isZero();
        assertThat(PartitionPlan.cut(scan, PartitionSizes.of(2, 10.0))).isEmpty();
    }

    @Test
    void cutGivesEveryTaskToOnePartitionOnWindowBoundariesWithItsBytes() throws IOException {
        for (int round = 0; round < 300; round++) {
            TaskInput input = randomInput();
            int window = 1 + random.nextInt(5);
            List<PartitionRange> ranges = PartitionPlan.cut(scan(input, window), randomSizes());
            requireContiguous(ranges, input, window);
        }
    }

    @Test
    void cutHoweverItIsDoneGivesTheSameTasks() {
        Signature signature =
                TestInputs.batched(TestInputs.spec("x", ElementType.INT64), TestInputs.spec("s", ElementType.STRING));
        for (int round = 0; round < 300; round++) {
            TaskInput input = randomInput();
            List<String> whole = TestInputs.tasks(input, signature);
            int window = 1 + random.nextInt(5);
            List<PartitionRange> ranges = PartitionPlan.cut(scan(input, window), randomSizes());
            assertThat(TestInputs.tasks(input, signature, ranges, window)).isEqualTo(whole);
        }
    }

    @Test
    void cutWhenTheSpeedIsKnownGivesAboutTwentyFivePartitionsThatFall() {
        List<PartitionRange> ranges = cut(1_000_000, 1000, PartitionSizes.of(2, 300_000.0));
        assertThat(ranges).hasSizeBetween(20, 30);
        assertThat(ranges.get(0).tasks()).isEqualTo(125_000);
        for (int number = 1; number < ranges.size(); number++) {
            assertThat(ranges.get(number).tasks())
                    .isLessThanOrEqualTo(ranges.get(number - 1).tasks());
        }
        assertThat(ranges.get(ranges.size() - 2).tasks()).isEqualTo(15_000);
    }

    @Test
    void cutWhenTasksAreSlowKeepsPartitionsUnderHalfAMinute() {
        assertThat(cut(1_000, 1, PartitionSizes.of(2, 1.0)))
                .allSatisfy(range -> assertThat(range.tasks()).isLessThanOrEqualTo(30))
                .hasSizeLessThan(100);
        assertThat(cut(8, 1, PartitionSizes.of(2, 0.1)))
                .allSatisfy(range -> assertThat(range.tasks()).isEqualTo(1));
    }

    @Test
    void cutWhenTasksAreManyAndSlowGivesAThousandPartitionsAtMost() {
        for (int workers : new int[] {1, 2, 64, 1000}) {
            for (Double speed : new Double[] {null, 1e-3, 1.0, 1e6}) {
                assertThat(cut(200_000, 1, PartitionSizes.of(workers, speed))).hasSizeBetween(1, 1000);
            }
        }
    }

    @Test
    void cutWhenTheSpeedIsNotKnownGoesByCountAlone() {
        List<PartitionRange> ranges = cut(1_000_000, 256, PartitionSizes.of(2, null));
        assertThat(ranges).hasSizeBetween(30, 120);
        assertThat(ranges.get(0).tasks()).isEqualTo(125_184);
        assertThat(ranges.get(ranges.size() - 2).tasks()).isEqualTo(256);
    }

    private List<PartitionRange> cut(int tasks, int window, PartitionSizes sizes) {
        InputScan scan = scan(TestInputs.jsonl(folder, "1\n".repeat(tasks)), window);
        assertThat(scan.tasks()).isEqualTo(tasks);
        List<PartitionRange> ranges = PartitionPlan.cut(scan, sizes);
        assertThat(ranges.stream().mapToLong(PartitionRange::tasks).sum()).isEqualTo(tasks);
        return ranges;
    }

    private static InputScan scan(TaskInput input, int window) {
        return TestInputs.scan(input, window);
    }

    private static void requireContiguous(List<PartitionRange> ranges, TaskInput input, int window) throws IOException {
        byte[] bytes = Files.readAllBytes(input.file());
        long task = 0;
        long offset = ranges.isEmpty() ? bytes.length : InputHead.read(input).offset();
        for (PartitionRange range : ranges) {
            assertThat(range.number()).isEqualTo(ranges.indexOf(range));
            assertThat(range.firstTask())
                    .isEqualTo(task)
                    .satisfies(first -> assertThat(first % window).isZero());
            assertThat(range.offset()).isEqualTo(offset);
            assertThat(range.tasks()).isPositive();
            assertThat(range.firstLine()).isEqualTo(line(bytes, (int) offset));
            task += range.tasks();
            offset += range.bytes();
            assertThat(range.crc()).isEqualTo(crc(bytes, (int) range.offset(), (int) offset));
        }
        assertThat(offset).isEqualTo(bytes.length);
    }

    private static long line(byte[] bytes, int offset) {
        return 1
                + new String(Arrays.copyOf(bytes, offset), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private PartitionSizes randomSizes() {
        Double speed = random.nextBoolean() ? null : random.nextDouble() * 200;
        return new PartitionSizes(1 + random.nextInt(3), speed, 0.0025);
    }

    private TaskInput randomInput() {
        return random.nextBoolean() ? TestInputs.csv(folder, csv()) : TestInputs.jsonl(folder, jsonl(), 40);
    }

    private String csv() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "x,s\n" : "\uFEFFid,x,s\r\n");
        boolean id = text.charAt(0) != 'x';
        for (int record = random.nextInt(40); record > 0; record--) {
            text.append(id ? record + "," : "");
            text.append(pick("1,a", "-22,\"b\nc\"", "x,y", "3", "4,\"\"\"é\"\"\r\n\"", "5,6,7", "\"8\","));
            text.append(pick("\n", "\r\n", "\n\n"));
        }
        return text.toString();
    }

    private String jsonl() {
        StringBuilder text = new StringBuilder();
        for (int record = random.nextInt(40); record > 0; record--) {
            text.append(pick(
                    "{\"x\":1,\"s\":\"a\"}",
                    "{\"s\":\"é\",\"id\":7,\"x\":2}",
                    "{",
                    "[]",
                    "\"" + "z".repeat(50),
                    "{\"x\":1.5}"));
            text.append(pick("\n", "\r\n", "\n \n"));
        }
        return text.toString();
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
