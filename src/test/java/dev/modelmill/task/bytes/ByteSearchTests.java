package dev.modelmill.task.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTests {

    private final Random random = new Random(1);

    @Test
    void searchesFindWhatALoopFinds() {
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int index = 0; index < bytes.length; index++) {
                bytes[index] = (byte) ("\n\"a\u000b!".charAt(random.nextInt(5)) + (random.nextInt(20) == 0 ? 128 : 0));
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            assertThat(ByteSearch.indexOf(bytes, from, to, (byte) '\n')).isEqualTo(loop(bytes, from, to, "\n"));
            assertThat(ByteSearch.indexOfEither(bytes, from, to, (byte) '\n', (byte) '"'))
                    .isEqualTo(loop(bytes, from, to, "\n\""));
            assertThat(ByteSearch.indexOfNonAscii(bytes, from, to)).isEqualTo(nonAscii(bytes, from, to));
        }
    }

    @Test
    void indexOfWhenNotThereIsNegative() {
        assertThat(ByteSearch.indexOf(new byte[0], 0, 0, (byte) 1)).isNegative();
        assertThat(ByteSearch.indexOf(new byte[] {1, 0, 0}, 1, 3, (byte) 1)).isNegative();
    }

    private static int loop(byte[] bytes, int from, int to, String wanted) {
        for (int index = from; index < to; index++) {
            if (wanted.indexOf(bytes[index]) >= 0) {
                return index;
            }
        }
        return -1;
    }

    private static int nonAscii(byte[] bytes, int from, int to) {
        for (int index = from; index < to; index++) {
            if (bytes[index] < 0) {
                return index;
            }
        }
        return -1;
    }
}
