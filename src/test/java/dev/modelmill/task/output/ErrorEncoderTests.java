package dev.modelmill.task.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.task.bytes.ByteBuilder;
import org.junit.jupiter.api.Test;

class ErrorEncoderTests {

    private final ByteBuilder out = new ByteBuilder(1);

    @Test
    void encodeWritesKeysInOrder() {
        TaskEcho echo = new TaskEcho(false).at("\"b\"".getBytes(UTF_8), 0, 3, -1, -1);
        ErrorEncoder.encode(8, echo, 10, "invalid_task", "pixels: expected 64 numbers, got 63", 1, out);

        assertThat(written())
                .isEqualTo("{\"index\":8,\"id\":\"b\",\"line\":10,\"code\":\"invalid_task\","
                        + "\"message\":\"pixels: expected 64 numbers, got 63\",\"attempts\":1}\n");
    }

    @Test
    void encodeWhenLineAndInputAreUnknownWritesNull() {
        ErrorEncoder.encode(8, new TaskEcho(true), 0, "timeout", "\"quoted\"\n", 12, out);

        assertThat(written())
                .isEqualTo("{\"index\":8,\"id\":null,\"line\":null,\"code\":\"timeout\","
                        + "\"message\":\"\\\"quoted\\\"\\n\",\"attempts\":12,\"input\":null}\n");
    }

    private String written() {
        return new String(out.array(), 0, out.length(), UTF_8);
    }
}
