package dev.modelmill.task.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputScanTests {

    @TempDir
    Path folder;

    @Test
    void ofWhenThereAreMoreWindowsThanMarksDropsEverySecondAndKeepsTheBytesBetween() {
        StringBuilder text = new StringBuilder();
        for (int tasks = 0; tasks < 200; tasks++) {
            TaskInput input = TestInputs.jsonl(folder, text + "\n");
            ScanMarks marks = new ScanMarks(3, 4);
            InputScan scan = InputScan.of(input, marks, () -> false, 64);
            assertThat(scan.tasks()).isEqualTo(tasks);
            assertThat(scan.bytes()).isEqualTo(text.length() + 1);
            assertThat(marks.count()).isBetween(1, 4);
            assertThat(marks.step()).isEqualTo(smallestStep(tasks));
            for (int mark = 0; mark < marks.count(); mark++) {
                assertThat(marks.offset(mark)).isEqualTo(offset(text, mark * marks.step()));
                assertThat(marks.line(mark)).isEqualTo(mark * marks.step() + 1);
                String between = (text + "\n").substring((int) marks.offset(mark), (int) marks.offset(mark + 1));
                assertThat(marks.crc(mark, mark + 1)).isEqualTo(crc(between));
            }
            text.append(tasks).append('\n');
            input.file().toFile().delete();
        }
    }

    @Test
    void ofWhenStoppedEndsEarly() {
        TaskInput input = TestInputs.jsonl(folder, "1\n".repeat(1_000_000));
        AtomicInteger asked = new AtomicInteger();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> InputScan.of(input, 256, () -> asked.incrementAndGet() == 3));
        assertThat(asked).hasValue(3);
    }

    @Test
    void ofWhenTheFileIsGoneSaysSoWithoutItsPath() {
        TaskInput input = TestInputs.jsonl(folder, "");
        assertThat(input.file().toFile().delete()).isTrue();
        assertThatExceptionOfType(InputUnreadableException.class)
                .isThrownBy(() -> TestInputs.scan(input, 1))
                .withMessage("the input can't be read: it does not exist (any more)");
    }

    @Test
    void ofWhenTheHeaderLineIsBadSaysSo() {
        assertUnreadable(TestInputs.csv(folder, "a,\"b\"x\n1,2\n"), "text after the closing quote");
        assertUnreadable(TestInputs.csv(folder, "a,\"b\n1,2\n"), "opens in line 1 never closes");
        assertUnreadable(TestInputs.csv(folder, "aaaa,bbbb\n1,2\n", 8), "longer than 8 bytes");
        assertUnreadable(
                TestInputs.input(folder, TaskFormat.CSV, new byte[] {'a', ',', (byte) 0xE9, '\n'}, 100), "not UTF-8");
    }

    private static void assertUnreadable(TaskInput input, String message) {
        assertThatExceptionOfType(InputUnreadableException.class)
                .isThrownBy(() -> TestInputs.scan(input, 1))
                .withMessageContaining(message);
    }

    private static long smallestStep(int tasks) {
        long step = 3;
        while (tasks / step >= 4) {
            step *= 2;
        }
        return step;
    }

    private static int offset(StringBuilder text, long line) {
        int offset = 0;
        for (long lines = 0; lines < line; lines++) {
            offset = text.indexOf("\n", offset) + 1;
        }
        return offset;
    }

    private static int crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
