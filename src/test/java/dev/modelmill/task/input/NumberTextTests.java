package dev.modelmill.task.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTests {

    private final Random random = new Random(8);

    @Test
    void floatOfRandomTextsGivesWhatTheJdkGives() {
        for (int round = 0; round < 300_000; round++) {
            String text = randomDecimal();
            float expected = Float.parseFloat(text);
            if (Float.isInfinite(expected)) {
                assertInvalid(() -> floatOf(text), text + "\" is out of range: it would become infinite");
            } else {
                assertThat(floatOf(text)).as(text).isEqualTo(expected);
            }
        }
    }

    @Test
    void floatOfTextsHalfWayBetweenFloatsGivesWhatTheJdkGives() {
        for (int round = 0; round < 100_000; round++) {
            float low = Math.abs(Float.intBitsToFloat(random.nextInt(0x7F7FFFFF)));
            BigDecimal middle =
                    new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
            BigDecimal near = middle.round(new java.math.MathContext(1 + random.nextInt(18)));
            for (String text : new String[] {middle.toString(), near.toString(), near.toPlainString()}) {
                assertThat(text.length() > NumberText.MOST_CHARACTERS || floatOf(text) == Float.parseFloat(text))
                        .as(text)
                        .isTrue();
            }
        }
    }

    @Test
    void floatOfIsNeverRoundedTwice() {
        assertThat(floatOf("1.00000017881393432617187499")).isEqualTo(0x1.000002p0f);
        assertThat(floatOf("1.00000017881393432617187500")).isEqualTo(0x1.000004p0f);
        assertThat(floatOf("1.00000017881393433")).isEqualTo(0x1.000004p0f);
        assertThat(floatOf("16777217")).isEqualTo(16777216f);
        assertThat(floatOf("16777219")).isEqualTo(16777220f);
    }

    @Test
    void doubleOfRandomTextsGivesWhatTheJdkGives() {
        for (int round = 0; round < 300_000; round++) {
            String text = random.nextInt(3) == 0 ? Double.toString(random.nextGaussian()) : randomDecimal();
            assertThat(doubleOf(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
        assertThat(doubleOf("-0")).isEqualTo(-0.0).matches(value -> 1 / value < 0);
        assertInvalid(() -> doubleOf("1e309"), "\"1e309\" is out of range: it would become infinite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "Inf", "+INF", "infinity", "Infinity", "+Infinity"})
    void floatOfTakesInfinityInAnyCase(String text) {
        assertThat(floatOf(text)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(doubleOf("-" + text.replace("+", ""))).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "NaN", "NAN", "+nan", "-NaN"})
    void floatOfTakesNanInAnyCase(String text) {
        assertThat(floatOf(text)).isNaN();
        assertThat(doubleOf(text)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x", "-", "+", ".", "-.", "e1", "1e", "1e+", "1-2", "1.2.3", "--1", "0x1p3", "1f", "1d", "1D", "1_0",
                "1 2", "infinit", "nanx", "+-inf", "١", "1,5", "0x10", "1e1.5"
            })
    void floatOfWhenItIsNoNumberSaysSo(String text) {
        assertInvalid(() -> floatOf(text), "\"" + text + "\" is not a number");
        assertInvalid(() -> doubleOf(text), "\"" + text + "\" is not a number");
    }

    @Test
    void floatOfTakesWhatCsvWrites() {
        assertThat(floatOf("+1")).isEqualTo(1f);
        assertThat(floatOf("5.")).isEqualTo(5f);
        assertThat(floatOf("-.5")).isEqualTo(-.5f);
        assertThat(floatOf("1E3")).isEqualTo(1000f);
        assertThat(floatOf("00000000000000000000000007")).isEqualTo(7f);
        assertThat(1 / floatOf("-0")).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(floatOf("1e-60")).isZero();
    }

    @Test
    void numbersOfAThousandCharactersAreReadAndLongerOnesRefused() {
        assertThat(floatOf("0." + "3".repeat(998))).isEqualTo(1 / 3f);
        String longer = "0." + "3".repeat(999);
        assertInvalid(() -> floatOf(longer), "a number of 1001 characters");
        assertInvalid(() -> integerOf("1" + "0".repeat(1000)), "a number of 1001 characters");
    }

    @Test
    void integerOfIsExactOverTheWholeRange() {
        for (long value : new long[] {
            Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, 999_999_999_999_999_999L, 1L << 53 | 1, 0, -1
        }) {
            assertThat(integerOf(Long.toString(value))).isEqualTo(value);
        }
        for (int round = 0; round < 100_000; round++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(integerOf(Long.toString(value))).isEqualTo(value);
        }
    }

    @Test
    void integerOfTakesWhatIsAnInteger() {
        assertThat(integerOf("3.0")).isEqualTo(3);
        assertThat(integerOf("3.")).isEqualTo(3);
        assertThat(integerOf("1e3")).isEqualTo(1000);
        assertThat(integerOf("+12")).isEqualTo(12);
        assertThat(integerOf("-0")).isZero();
        assertThat(integerOf("0.0")).isZero();
        assertThat(integerOf("0e999999999")).isZero();
        assertThat(integerOf("92233720368547758.07E2")).isEqualTo(Long.MAX_VALUE);
        assertThat(integerOf("000000000000000000000000000000009")).isEqualTo(9);
    }

    @Test
    void integerOfWhenItHasAFractionSaysSo() {
        for (String text : new String[] {"3.5", "1e-1", "1e-999999999", "9223372036854775807.5", "nan", "-inf"}) {
            assertInvalid(() -> integerOf(text), "\"" + text + "\" is not an integer");
        }
    }

    @Test
    void integerOfWhenItIsOutOfRangeSaysSo() {
        BigInteger past = BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE);
        for (String text : new String[] {past.toString(), "-9223372036854775809", "1e19", "1e999999999"}) {
            assertInvalid(
                    () -> integerOf(text),
                    "\"" + text + "\" is out of range: -9223372036854775808 to 9223372036854775807");
        }
        byte[] text = "256".getBytes(StandardCharsets.US_ASCII);
        assertInvalid(() -> NumberText.integerOf(text, 0, 3, 0, 255), "\"256\" is out of range: 0 to 255");
    }

    @Test
    void integerOfWhenItIsNoNumberSaysSo() {
        for (String text : new String[] {"x", "-", "1e", "0x1", "1L", "--1", "1 "}) {
            assertInvalid(() -> integerOf(text), "\"" + text + "\" is not a number");
        }
    }

    private static float floatOf(String text) {
        byte[] bytes = ("#" + text + "#").getBytes(StandardCharsets.UTF_8);
        return NumberText.floatOf(bytes, 1, bytes.length - 1);
    }

    private static double doubleOf(String text) {
        byte[] bytes = ("#" + text + "#").getBytes(StandardCharsets.UTF_8);
        return NumberText.doubleOf(bytes, 1, bytes.length - 1);
    }

    private static long integerOf(String text) {
        byte[] bytes = ("#" + text + "#").getBytes(StandardCharsets.UTF_8);
        return NumberText.integerOf(bytes, 1, bytes.length - 1, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatExceptionOfType(InvalidTaskException.class).isThrownBy(call).withMessageContaining(message);
    }

    private String randomDecimal() {
        return switch (random.nextInt(5)) {
            case 0 -> Integer.toString(random.nextInt() >> random.nextInt(32));
            case 1 -> String.format(Locale.ROOT, "%." + random.nextInt(9) + "f", random.nextGaussian() * 100);
            case 2 -> Float.toString(Float.intBitsToFloat(random.nextInt(0x7F800000)));
            case 3 -> new BigDecimal(new BigInteger(60, random), random.nextInt(30)).toPlainString();
            default -> random.nextInt(100000) + "." + random.nextInt(100000) + "e" + (random.nextInt(90) - 50);
        };
    }
}
