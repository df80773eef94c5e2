package dev.modelmill.task.input;

import static dev.modelmill.task.input.TestInputs.batched;
import static dev.modelmill.task.input.TestInputs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.modelmill.model.ElementType;
import dev.modelmill.model.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskDecoderTests {

    private static final Signature NUMBER = batched(spec("x", ElementType.INT64));

    @TempDir
    Path folder;

    @Test
    void nextReadsWindowsUpToThePartitionsEnd() {
        TaskInput input = numbers(10);
        List<PartitionRange> ranges = cut(input, 4, 2);
        try (TaskDecoder decoder = decoder(input);
                DecodedWindow window = new DecodedWindow(NUMBER)) {
            PartitionRange second = ranges.get(1);
            assertThat(second.firstTask()).isEqualTo(4);
            decoder.open(second, InputPosition.startOf(second));
            assertThat(decoder.next(window, 3)).isTrue();
            assertThat(window.firstTask()).isEqualTo(4);
            assertThat(DecodedTasks.of(window))
                    .containsExactly("4@6 null x[1]=4", "5@7 null x[1]=5", "6@8 null x[1]=6");
            assertThat(decoder.next(window, 3)).isTrue();
            assertThat(DecodedTasks.of(window)).containsExactly("7@9 null x[1]=7");
            assertThat(decoder.next(window, 3)).isFalse();
            assertThat(window.size()).isZero();
            assertThat(window.groups()).isEmpty();
        }
    }

    @Test
    void openAtACheckpointGoesOnAndStillChecksTheWholePartition() throws IOException {
        TaskInput input = numbers(20);
        PartitionRange range = cut(input, 20, 1).get(0);
        List<String> whole = read(input, range, InputPosition.startOf(range), 20);
        for (int before = 1; before <= 20; before++) {
            InputPosition checkpoint = positionAfter(input, range, before);
            assertThat(checkpoint.task()).isEqualTo(before);
            assertThat(read(input, range, checkpoint, 7)).isEqualTo(whole.subList(before, 20));
            InputPosition wrong =
                    new InputPosition(checkpoint.task(), checkpoint.offset(), checkpoint.line(), checkpoint.crc() ^ 1);
            assertChanged(input, range, wrong);
        }
    }

    @Test
    void nextWhenAByteHasChangedSaysSoBeforeTheLastWindow() throws IOException {
        TaskInput input = numbers(20);
        byte[] bytes = Files.readAllBytes(input.file());
        for (PartitionRange range : cut(input, 5, 1)) {
            for (int offset = (int) range.offset(); offset < range.offset() + range.bytes(); offset++) {
                byte[] changed = bytes.clone();
                changed[offset] = (byte) (changed[offset] == '\n' ? ' ' : '"');
                Files.write(input.file(), changed);
                assertChanged(input, range, InputPosition.startOf(range));
            }
            Files.write(input.file(), bytes);
            assertThat(read(input, range, InputPosition.startOf(range), 5)).hasSize((int) range.tasks());
        }
    }

    @Test
    void nextWhenTheFileHasBecomeShorterSaysSo() throws IOException {
        TaskInput input = numbers(20);
        PartitionRange range = cut(input, 20, 1).get(0);
        byte[] bytes = Files.readAllBytes(input.file());
        for (int length = 2; length < bytes.length; length++) {
            Files.write(input.file(), Arrays.copyOf(bytes, length));
            assertChanged(input, range, InputPosition.startOf(range));
        }
    }

    @Test
    void nextWhenTheFileHasGrownReadsWhatWasCounted() throws IOException {
        TaskInput input = numbers(3);
        PartitionRange range = cut(input, 20, 1).get(0);
        Files.writeString(input.file(), "4\n5\n", StandardOpenOption.APPEND);
        assertThat(read(input, range, InputPosition.startOf(range), 2)).hasSize(3);
    }

    @Test
    void openWhenTheFileIsGoneSaysSo() {
        TaskInput input = numbers(3);
        PartitionRange range = cut(input, 20, 1).get(0);
        try (TaskDecoder decoder = decoder(input)) {
            assertThat(input.file().toFile().delete()).isTrue();
            assertThatExceptionOfType(InputUnreadableException.class)
                    .isThrownBy(() -> decoder.open(range, InputPosition.startOf(range)))
                    .withMessageContaining("does not exist");
        }
    }

    @Test
    void openUncountedReadsTheFirstTasksOfAnInput() {
        TaskInput input = TestInputs.jsonl(folder, "{\"x\":1}\n\n{\"x\":2}\n{\"x\":3}\n");
        try (TaskDecoder decoder = decoder(input);
                DecodedWindow window = new DecodedWindow(NUMBER)) {
            decoder.openUncounted();
            assertThat(decoder.next(window, 2)).isTrue();
            assertThat(DecodedTasks.of(window)).containsExactly("0@1 null x[1]=1", "1@3 null x[1]=2");
        }
    }

    @Test
    void closeIsSafeTwiceAndBeforeOpening() {
        TaskDecoder decoder = decoder(numbers(1));
        decoder.close();
        decoder.close();
        assertThatIllegalStateException().isThrownBy(() -> decoder.next(new DecodedWindow(NUMBER), 1));
        decoder.openUncounted();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.next(new DecodedWindow(batched(spec("y", ElementType.INT8))), 1));
        decoder.close();
    }

    private TaskInput numbers(int count) {
        StringBuilder text = new StringBuilder("x\n");
        for (int number = 0; number < count; number++) {
            text.append(number).append('\n');
        }
        return TestInputs.csv(folder, text.toString());
    }

    private static List<PartitionRange> cut(TaskInput input, int window, int workers) {
        return PartitionPlan.cut(TestInputs.scan(input, window), PartitionSizes.of(workers, 1.0));
    }

    private static TaskDecoder decoder(TaskInput input) {
        return new TaskDecoder(input, TaskSchema.bind(input, NUMBER), Include.NONE);
    }

    private static void assertChanged(TaskInput input, PartitionRange range, InputPosition from) {
        assertThatExceptionOfType(InputChangedException.class).isThrownBy(() -> read(input, range, from, 20));
    }

    private static InputPosition positionAfter(TaskInput input, PartitionRange range, int tasks) {
        try (TaskDecoder decoder = decoder(input);
                DecodedWindow window = new DecodedWindow(NUMBER)) {
            decoder.open(range, InputPosition.startOf(range));
            decoder.next(window, tasks);
            return decoder.position();
        }
    }

    private static List<String> read(TaskInput input, PartitionRange range, InputPosition from, int most) {
        List<String> tasks = new ArrayList<>();
        try (TaskDecoder decoder = decoder(input);
                DecodedWindow window = new DecodedWindow(NUMBER)) {
            decoder.open(range, from);
            while (decoder.next(window, most)) {
                tasks.addAll(DecodedTasks.of(window));
            }
        }
        return tasks;
    }
}
