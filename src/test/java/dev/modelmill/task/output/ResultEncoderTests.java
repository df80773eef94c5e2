package dev.modelmill.task.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.modelmill.model.ElementType;
import dev.modelmill.task.bytes.ByteBuilder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultEncoderTests {

    private static final long[] SCALAR = {};

    private final ByteBuilder out = new ByteBuilder(1);
    private final TaskEcho echo = new TaskEcho(false);

    @Test
    void encodeWritesKeysInOrder() {
        TestOutputs outputs = TestOutputs.of(2)
                .longs("label", SCALAR, 3, 4)
                .floats("probabilities", new long[] {2}, 0.1f, 0.9f, 0.25f, 0.75f);
        byte[] meta = "\"a\"".getBytes(UTF_8);

        assertThat(line(7, echo.at(meta, 0, 3, -1, -1), outputs, 1))
                .isEqualTo("{\"index\":7,\"id\":\"a\",\"label\":4,\"probabilities\":[0.25,0.75]}\n");
    }

    @Test
    void encodeWhenTaskHasNoIdWritesNull() {
        assertThat(line(0, echo, TestOutputs.of(1).floats("y", SCALAR, 1), 0))
                .isEqualTo("{\"index\":0,\"id\":null,\"y\":1.0}\n");
    }

    @Test
    void encodeWhenInputIsIncludedWritesItLast() {
        byte[] meta = "12{\"x\":[1, 2]}".getBytes(UTF_8);
        TaskEcho withInput = new TaskEcho(true);
        TestOutputs outputs = TestOutputs.of(1).longs("y", SCALAR, 5);

        assertThat(line(1, withInput.at(meta, 0, 2, 2, meta.length), outputs, 0))
                .isEqualTo("{\"index\":1,\"id\":12,\"y\":5,\"input\":{\"x\":[1, 2]}}\n");
        assertThat(line(2, withInput.at(meta, -1, -1, -1, -1), outputs, 0))
                .isEqualTo("{\"index\":2,\"id\":null,\"y\":5,\"input\":null}\n");
    }

    @Test
    void encodeAppendsLineAfterLine() {
        TestOutputs outputs = TestOutputs.of(2).longs("y", SCALAR, 5, 6);
        ResultEncoder encoder = new ResultEncoder(outputs.specs());
        encoder.encode(0, echo, outputs, 0, out);
        encoder.encode(2, echo, outputs, 1, out);

        assertThat(written()).isEqualTo("{\"index\":0,\"id\":null,\"y\":5}\n{\"index\":2,\"id\":null,\"y\":6}\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STRING"})
    void encodeReadsSecondTaskOfEveryType(ElementType type) {
        TestOutputs outputs = TestOutputs.of(2).tensor("y", type, new long[] {3}, buffer -> {
            for (int i = 0; i < 3; i++) {
                put(buffer, type, 0);
            }
            put(buffer, type, 1);
            put(buffer, type, 0);
            put(buffer, type, -1);
        });
        String expected = switch (type) {
            case FLOAT32, FLOAT64 -> "1.0,0.0,-1.0";
            case FLOAT16 -> "1.0,0.0,-1.0";
            case INT8, INT16, INT32, INT64 -> "1,0,-1";
            case UINT8 -> "1,0,255";
            case BOOL -> "true,false,true";
            case STRING -> throw new AssertionError();
        };

        assertThat(value(outputs, 1)).isEqualTo("[" + expected + "]");
    }

    private static void put(ByteBuffer buffer, ElementType type, int value) {
        switch (type) {
            case FLOAT32 -> buffer.putFloat(value);
            case FLOAT64 -> buffer.putDouble(value);
            case FLOAT16 -> buffer.putShort((short) (value == 0 ? 0 : value > 0 ? 0x3C00 : 0xBC00));
            case INT8, UINT8, BOOL -> buffer.put((byte) value);
            case INT16 -> buffer.putShort((short) value);
            case INT32 -> buffer.putInt(value);
            case INT64 -> buffer.putLong(value);
            case STRING -> throw new AssertionError();
        }
    }

    @Test
    void encodeKeepsAllBitsOfIntegers() {
        assertThat(value(TestOutputs.of(1).longs("y", new long[] {3}, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53 | 1), 0))
                .isEqualTo("[-9223372036854775808,9223372036854775807,9007199254740993]");
    }

    @Test
    void encodeWhenFloatIsNotFiniteWritesString() {
        assertThat(value(
                        TestOutputs.of(1)
                                .floats(
                                        "y",
                                        new long[] {4},
                                        Float.NaN,
                                        Float.POSITIVE_INFINITY,
                                        Float.NEGATIVE_INFINITY,
                                        -0f),
                        0))
                .isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\",-0.0]");
    }

    @Test
    void encodeNestsByTheTasksShape() {
        TestOutputs outputs = TestOutputs.of(2).longs("y", new long[] {2, 1, 3}, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6);

        assertThat(value(outputs, 1)).isEqualTo("[[[1,2,3]],[[4,5,6]]]");
    }

    @Test
    void encodeWhenAxisIsEmptyWritesEmptyArrays() {
        assertThat(value(TestOutputs.of(3).longs("y", new long[] {2, 0}), 2)).isEqualTo("[[],[]]");
        assertThat(value(TestOutputs.of(3).longs("y", new long[] {0, 2}), 2)).isEqualTo("[]");
        assertThat(value(TestOutputs.of(3).longs("y", new long[] {1}, 1, 2, 3), 2))
                .isEqualTo("[3]");
    }

    @Test
    void encodeWhenBufferIsSetToTheOtherOrderReadsNativeOrder() {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(0, 42);
        ByteOrder other =
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;

        assertThat(value(TestOutputs.of(1).add("y", ElementType.INT64, SCALAR, data.order(other), null), 0))
                .isEqualTo("42");
    }

    @Test
    void encodeEscapesStringsAndNames() {
        TestOutputs outputs = TestOutputs.of(2).strings("na\"me\n", new long[] {2}, "", "", "ü\n\"€😀", "\u0001\ud800");

        assertThat(line(0, echo, outputs, 1))
                .isEqualTo("{\"index\":0,\"id\":null,\"na\\\"me\\n\":[\"ü\\n\\\"€😀\",\"\\u0001\ufffd\"]}\n");
    }

    @Test
    void encodeWritesMapsAndSequencesAsObjectsAndArrays() {
        Map<Object, Object> probabilities = new LinkedHashMap<>();
        probabilities.put(0L, 0.1f);
        probabilities.put(-5L, Float.NaN);
        TestOutputs outputs = TestOutputs.of(2)
                .objects("map", Map.of(), probabilities)
                .objects("list", List.of(), List.of(List.of(1L), "a\"b", true, 0.1, Map.of("k", List.of())))
                .objects("single", 1L, Long.MIN_VALUE);

        assertThat(line(0, echo, outputs, 0))
                .isEqualTo("{\"index\":0,\"id\":null,\"map\":{},\"list\":[],\"single\":1}\n");
        assertThat(line(1, echo, outputs, 1))
                .isEqualTo("{\"index\":1,\"id\":null,\"map\":{\"0\":0.1,\"-5\":\"NaN\"},"
                        + "\"list\":[[1],\"a\\\"b\",true,0.1,{\"k\":[]}],\"single\":-9223372036854775808}\n");
    }

    @Test
    void encodeWhenObjectIsOfNoKnownTypeRefuses() {
        TestOutputs outputs = TestOutputs.of(1).objects("y", List.of(new StringBuilder("?")));

        assertThatIllegalArgumentException().isThrownBy(() -> value(outputs, 0));
    }

    @Test
    void encodeReadsBackByJackson() {
        float[] values = new float[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.pow(-1.7, i - 100);
        }
        JsonNode row = JsonMapper.shared()
                .readTree(line(3, echo, TestOutputs.of(2).floats("y", new long[] {10, 10}, values), 1));

        assertThat(row.get("y").size()).isEqualTo(10);
        for (int i = 0; i < 100; i++) {
            JsonNode number = row.get("y").get(i / 10).get(i % 10);
            assertThat(Float.parseFloat(number.asString())).isEqualTo(values[100 + i]);
        }
    }

    @Test
    void widenedIsExactForEveryFloat16() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double expected = exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024f + fraction, exponent - 25);
            if (exponent == 31) {
                expected = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            assertThat((double) TensorText.widened((short) bits))
                    .as("bits %x", bits)
                    .isEqualTo(Double.valueOf(bits < 0x8000 ? expected : -expected));
        }
    }

    @Test
    void encodeInTheSteadyStateMakesNoGarbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TestOutputs outputs =
                TestOutputs.of(100).longs("label", SCALAR, new long[100]).floats("y", new long[] {10}, randomFloats());
        ResultEncoder encoder = new ResultEncoder(outputs.specs());
        encodeWindow(encoder, outputs);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20; i++) {
            encodeWindow(encoder, outputs);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    private void encodeWindow(ResultEncoder encoder, TestOutputs outputs) {
        out.clear();
        for (int row = 0; row < outputs.size(); row++) {
            encoder.encode(row, echo, outputs, row, out);
        }
    }

    private static float[] randomFloats() {
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return values;
    }

    private String value(TestOutputs outputs, int row) {
        String line = line(0, echo, outputs, row);
        return line.substring("{\"index\":0,\"id\":null,\"y\":".length(), line.length() - 2);
    }

    private String line(long index, TaskEcho echo, TestOutputs outputs, int row) {
        out.clear();
        new ResultEncoder(outputs.specs()).encode(index, echo, outputs, row, out);
        return written();
    }

    private String written() {
        return new String(out.array(), 0, out.length(), UTF_8);
    }
}
