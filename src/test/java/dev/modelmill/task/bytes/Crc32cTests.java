package dev.modelmill.task.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class Crc32cTests {

    private final Random random = new Random(4);

    @Test
    void combineGivesTheCrcOfTheWholeAtEverySplit() {
        byte[] bytes = new byte[3000];
        random.nextBytes(bytes);
        for (int split = 0; split <= bytes.length; split++) {
            int combined = Crc32c.combine(crc(bytes, 0, split), crc(bytes, split, bytes.length), bytes.length - split);
            assertThat(combined).isEqualTo(crc(bytes, 0, bytes.length));
        }
    }

    @Test
    void combineWhenLongGivesTheCrcOfTheWhole() {
        byte[] bytes = new byte[5_000_000];
        random.nextBytes(bytes);
        assertThat(Crc32c.combine(crc(bytes, 0, 1234), crc(bytes, 1234, bytes.length), bytes.length - 1234))
                .isEqualTo(crc(bytes, 0, bytes.length));
    }

    @Test
    void combineWithAnEmptyStringChangesNothing() {
        assertThat(Crc32c.combine(0x12345678, 0, 0)).isEqualTo(0x12345678);
        assertThat(Crc32c.combine(0, 0x12345678, 9)).isEqualTo(0x12345678);
    }

    @Test
    void combineIsAssociativeBeyondWhatFitsInMemory() {
        long terabyte = 1L << 40;
        int left = Crc32c.combine(Crc32c.combine(1, 2, terabyte), 3, terabyte + 1);
        assertThat(Crc32c.combine(1, Crc32c.combine(2, 3, terabyte + 1), 2 * terabyte + 1))
                .isEqualTo(left);
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
