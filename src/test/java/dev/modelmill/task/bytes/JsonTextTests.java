package dev.modelmill.task.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTests {

    @Test
    void appendStringEscapesWhatMustBeAndNoMore() {
        assertThat(json("a\"b\\c\n\t\r\b\f\u0001\u001f/é😀\u007f"))
                .isEqualTo("\"a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001\\u001f/é😀\u007f\"");
    }

    @Test
    void appendStringIsReadBackByAJsonParser() {
        StringBuilder text = new StringBuilder();
        for (char character = 0; character < 0x800; character++) {
            text.append(character);
        }
        assertThat(JsonMapper.shared().readValue(json(text.toString()), String.class))
                .isEqualTo(text.toString());
    }

    @Test
    void appendStringOfARangeLeavesTheRest() {
        ByteBuilder out = new ByteBuilder(1);
        JsonText.appendString(out, "x\"yz".getBytes(StandardCharsets.UTF_8), 1, 3);
        assertThat(text(out)).isEqualTo("\"\\\"y\"");
    }

    private static String json(String text) {
        ByteBuilder out = new ByteBuilder(1);
        JsonText.appendString(out, text);
        return text(out);
    }

    private static String text(ByteBuilder out) {
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
