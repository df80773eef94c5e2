package dev.modelmill.task.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTests {

    private final ByteBuilder out = new ByteBuilder(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\" \\ back",
                "a\nb\rc\td\be\ff",
                "\u0000\u0001\u001f\u007f\u0080",
                "äöü ß € \ufffd \uffff",
                "\ud83d\ude00 smile",
                "/"
            })
    void appendStringReadsBackFromTextAndFromBytes(String text) {
        JsonText.appendString(out, text);
        String fromText = written();
        byte[] utf8 = ("<" + text + ">").getBytes(UTF_8);
        out.clear();
        JsonText.appendString(out, utf8, 1, utf8.length - 1);

        assertThat(written()).isEqualTo(fromText);
        assertThat(JsonMapper.shared().readValue(fromText, String.class)).isEqualTo(text);
    }

    @Test
    void appendStringWhenSurrogateIsAloneReplacesIt() {
        JsonText.appendString(out, "\ud83d.\ude00.\ud83dx\ude00\ud83d");

        assertThat(written()).isEqualTo("\"\ufffd.\ufffd.\ufffdx\ufffd\ufffd\"");
    }

    @Test
    void appendStringWhenControlCharacterEscapesIt() {
        JsonText.appendString(out, "\u0000\u001f\n");

        assertThat(written()).isEqualTo("\"\\u0000\\u001f\\n\"");
    }

    private String written() {
        return new String(out.array(), 0, out.length(), UTF_8);
    }
}
