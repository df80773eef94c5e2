package dev.modelmill.task.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Tests {

    private static final int[] EDGES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @Test
    void indexOfMalformedAgreesWithTheDecoderOfTheJdk() {
        Random random = new Random(2);
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = new byte[random.nextInt(7)];
            for (int index = 0; index < bytes.length; index++) {
                bytes[index] = (byte) EDGES[random.nextInt(EDGES.length)];
            }
            assertThat(Utf8.indexOfMalformed(bytes, 0, bytes.length) < 0)
                    .as(() -> java.util.HexFormat.of().formatHex(bytes))
                    .isEqualTo(decodes(bytes));
        }
    }

    @Test
    void indexOfMalformedTellsWhere() {
        byte[] bytes = "aé😀".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.indexOfMalformed(bytes, 0, bytes.length)).isNegative();
        assertThat(Utf8.indexOfMalformed(bytes, 0, bytes.length - 1)).isEqualTo(3);
        assertThat(Utf8.indexOfMalformed(bytes, 2, bytes.length)).isEqualTo(2);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
