package dev.modelmill.task.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.platform.Fp16Conversions;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Float16Tests {

    @Test
    void fromFloatGivesBackEveryHalf() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Fp16Conversions.mlasFp16ToFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(Float16.fromFloat(value)).as("%x", bits).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void fromFloatRoundsTiesToEvenBetweenAllNeighbours() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float low = Fp16Conversions.mlasFp16ToFloat((short) bits);
            float high = Fp16Conversions.mlasFp16ToFloat((short) (bits + 1));
            float middle = (low + high) / 2;
            assertThat(Float16.fromFloat(middle)).isEqualTo((short) (bits + (bits & 1)));
            assertThat(Float16.fromFloat(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Float16.fromFloat(-Math.nextUp(middle))).isEqualTo((short) (bits + 1 | 0x8000));
        }
    }

    @Test
    void fromFloatAgreesWithOnnxRuntimeOnRandomBits() {
        Random random = new Random(3);
        for (int round = 0; round < 200_000; round++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (!Float.isNaN(value)) {
                assertThat(Float16.fromFloat(value))
                        .as(() -> Float.toHexString(value))
                        .isEqualTo(Fp16Conversions.mlasFloatToFp16(value));
            }
        }
    }

    @Test
    void fromFloatWhenNoHalfIsThatLargeGivesInfinity() {
        assertThat(Float16.fromFloat(65504)).isEqualTo((short) 0x7BFF);
        assertThat(Float16.fromFloat(Math.nextDown(65520f))).isEqualTo((short) 0x7BFF);
        assertThat(Float16.fromFloat(65520)).isEqualTo((short) 0x7C00);
        assertThat(Float16.fromFloat(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xFC00);
        assertThat(Float16.fromFloat(Float.NaN)).isEqualTo((short) 0x7E00);
    }
}
