package dev.modelmill.task.output;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads lines that {@link ResultEncoder} and {@link ErrorEncoder} wrote. */
final class ResultLine {

    private static final int INDEX_AT = "{\"index\":".length();

    /** Our own lines are as long, as deep and as exact as the tasks that they echo. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private ResultLine() {}

    /** The index of a line's task: the digits of its first key. */
    static long index(byte[] bytes, int from) {
        long index = 0;
        for (int at = from + INDEX_AT; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            index = index * 10 + (bytes[at] - '0');
        }
        return index;
    }

    /** The code of a line of errors, or null where it has none. */
    static @Nullable String code(byte[] bytes, int from, int to) {
        try (JsonParser json = parser(bytes, from, to)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = Objects.equals(json.currentName(), "code");
                json.nextToken();
                if (found) {
                    return json.getString();
                }
                json.skipChildren();
            }
            return null;
        }
    }

    static JsonParser parser(byte[] bytes, int from, int to) {
        return JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from);
    }
}
