package dev.modelmill.task.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.io.NumberOutput;

class NumberTextTests {

    private final ByteBuilder out = new ByteBuilder(1);

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "3, 3.0",
        "-1, -1.0",
        "0.1, 0.1",
        "-0.25, -0.25",
        "123.456, 123.456",
        "0.001, 0.001",
        "0.00099999, 9.9999e-4",
        "9999999, 9999999.0",
        "10000000, 1.0e7",
        "16777216, 1.6777216e7",
        "2.0e9, 2.0e9",
        "33554432, 3.3554432e7",
        "1.0e10, 1.0e10",
        "8.5e9, 8.5e9",
        "1.4e-45, 1.4e-45",
        "1.17549435e-38, 1.1754944e-38",
        "3.4028235e38, 3.4028235e38",
    })
    void appendFloatWritesShortestDecimal(String value, String expected) {
        assertThat(text(Float.parseFloat(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "3, 3.0",
        "0.1, 0.1",
        "2.0e-3, 0.002",
        "1234567.875, 1234567.875",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "4.9e-324, 4.9e-324",
        "1.0e23, 1.0e23",
        "2.0e9, 2.0e9",
        "9007199254740993, 9.007199254740992e15",
        "1.7976931348623157e308, 1.7976931348623157e308",
    })
    void appendDoubleWritesShortestDecimal(String value, String expected) {
        assertThat(text(Double.parseDouble(value))).isEqualTo(expected);
    }

    @Test
    void appendWhenNotFiniteWritesString() {
        assertThat(text(Float.NaN)).isEqualTo("\"NaN\"").isEqualTo(text(Double.NaN));
        assertThat(text(Float.POSITIVE_INFINITY)).isEqualTo("\"Infinity\"").isEqualTo(text(Double.POSITIVE_INFINITY));
        assertThat(text(Float.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"").isEqualTo(text(Double.NEGATIVE_INFINITY));
    }

    @Test
    void appendFloatAroundEveryPowerOfTwoAgreesWithJackson() {
        for (int exponent = 0; exponent < 255; exponent++) {
            for (int step = -40; step <= 40; step++) {
                agreesWithJackson(Math.max(0, (exponent << 23) + step));
            }
        }
    }

    @Test
    void appendFloatAroundEveryPowerOfTenAgreesWithJackson() {
        for (int power = -45; power <= 38; power++) {
            for (int digit = 1; digit < 10; digit++) {
                int bits = Float.floatToIntBits(Float.parseFloat(digit + "e" + power));
                for (int step = -20; step <= 20; step++) {
                    agreesWithJackson(Math.max(0, bits + step));
                }
            }
        }
    }

    @Test
    void appendFloatWhenSmallestSubnormalAgreesWithJackson() {
        for (int bits = 0; bits < 20_000; bits++) {
            agreesWithJackson(bits);
        }
    }

    @Test
    void appendFloatOfRandomBitsReadsBackAndAgreesWithJackson() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 1_000_000; i++) {
            int bits = random.nextInt();
            String text = agreesWithJackson(bits);
            if (Float.isFinite(Float.intBitsToFloat(bits))) {
                assertSame(Float.floatToRawIntBits(Float.parseFloat(text)), bits, text);
            }
        }
    }

    @Test
    void appendFloatOfProbabilitiesAgreesWithJackson() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 300_000; i++) {
            agreesWithJackson(Float.floatToRawIntBits((float) random.nextDouble()));
        }
    }

    @Test
    void appendDoubleAroundEveryPowerOfTwoAgreesWithJackson() {
        for (long exponent = 0; exponent < 2047; exponent++) {
            for (int step = -12; step <= 12; step++) {
                agreesWithJackson(Math.max(0, (exponent << 52) + step));
            }
        }
    }

    @Test
    void appendDoubleAroundEveryPowerOfTenAgreesWithJackson() {
        for (int power = -324; power <= 308; power++) {
            long bits = Double.doubleToLongBits(Double.parseDouble("1e" + power));
            for (int step = -12; step <= 12; step++) {
                agreesWithJackson(Math.max(0, bits + step));
            }
        }
    }

    @Test
    void appendDoubleOfRandomBitsReadsBackAndAgreesWithJackson() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 500_000; i++) {
            long bits = random.nextLong();
            String text = agreesWithJackson(bits);
            if (Double.isFinite(Double.longBitsToDouble(bits))) {
                assertSame(Double.doubleToRawLongBits(Double.parseDouble(text)), bits, text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                9,
                10,
                -1,
                99,
                -100,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE + 1L,
                Integer.MIN_VALUE,
                9007199254740993L,
                999_999_999_999_999_999L,
                1_000_000_000_000_000_000L,
                Long.MAX_VALUE,
                Long.MIN_VALUE + 1,
                Long.MIN_VALUE
            })
    void appendLongWritesAllDigits(long value) {
        NumberText.append(out, value);

        assertThat(written()).isEqualTo(Long.toString(value));
    }

    @Test
    void appendKeepsWhatIsThere() {
        NumberText.append(out, 1);
        NumberText.append(out, 0.5f);
        NumberText.append(out, -1.5e-7);

        assertThat(written()).isEqualTo("10.5-1.5e-7");
    }

    private String agreesWithJackson(int bits) {
        float value = Float.intBitsToFloat(bits);
        String text = text(value);
        assertSame(plain(text), NumberOutput.toString(value, true).replace('E', 'e'), text);
        return text;
    }

    private String agreesWithJackson(long bits) {
        double value = Double.longBitsToDouble(bits);
        String text = text(value);
        assertSame(plain(text), NumberOutput.toString(value, true).replace('E', 'e'), text);
        return text;
    }

    /** AssertJ is too slow for millions of comparisons. */
    private static void assertSame(Object actual, Object expected, String text) {
        if (!actual.equals(expected)) {
            assertThat(actual).as(text).isEqualTo(expected);
        }
    }

    private static String plain(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private String text(float value) {
        out.clear();
        NumberText.append(out, value);
        return written();
    }

    private String text(double value) {
        out.clear();
        NumberText.append(out, value);
        return written();
    }

    private String written() {
        return new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
    }
}
