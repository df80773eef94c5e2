package dev.modelmill.task.input;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Checks that a record is a JSON object and finds where the values of the fields that matter lie in it. Reused for record
 * after record; confined to one thread.
 */
final class JsonRecord {

    private static final int ABSENT = -1;
    /** Bytes of malformed text that a message shows. */
    private static final int SHOWN = 12;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Map<String, Integer> fields = new HashMap<>();
    private final int[] from;
    private final int[] to;
    private byte[] json = {};

    /** @param names the fields that matter */
    JsonRecord(List<String> names) {
        names.forEach(name -> fields.putIfAbsent(name, fields.size()));
        from = new int[fields.size()];
        to = new int[fields.size()];
    }

    /** The number by which {@link #has}, {@link #from} and {@link #to} know a field. */
    int field(String name) {
        return fields.get(name);
    }

    boolean has(int field) {
        return from[field] != ABSENT;
    }

    /** The array that holds the record. */
    byte[] json() {
        return json;
    }

    /** Whether the value of a field begins with a character. */
    boolean startsWith(int field, char first) {
        return json[from[field]] == first;
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    /**
     * Reads the record between two positions of an array.
     *
     * @throws InvalidTaskException if it is no JSON object or names a field twice
     */
    void read(byte[] text, int start, int end) {
        json = text;
        Arrays.fill(from, ABSENT);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json, start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidTaskException("expected a JSON object, got " + kind(parser.currentToken()));
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                readValue(parser, fields.get(name), start);
            }
            requireEnd(parser);
        } catch (JacksonException malformed) {
            throw invalid(malformed, json, start, end);
        }
    }

    /**
     * Checks that there is a JSON array between two positions.
     *
     * @throws InvalidTaskException if there is none
     */
    static void requireArray(byte[] json, int start, int end) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json, start, end - start)) {
            parser.nextToken();
            parser.skipChildren();
            requireEnd(parser);
        } catch (JacksonException malformed) {
            throw invalid(malformed, json, start, end);
        }
    }

    private void readValue(JsonParser parser, @Nullable Integer field, int start) {
        if (field == null) {
            parser.skipChildren();
            return;
        }
        from[field] = start + (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        to[field] = start + (int) parser.currentLocation().getByteOffset();
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new InvalidTaskException("bad JSON: more than one value");
        }
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> token.asString();
        };
    }

    private static InvalidTaskException invalid(JacksonException malformed, byte[] json, int start, int end) {
        return new InvalidTaskException("bad JSON: " + why(malformed, json, start, end));
    }

    private static String why(JacksonException malformed, byte[] json, int start, int end) {
        if (malformed instanceof UnexpectedEndOfInputException) {
            return "it ends too early";
        }
        if (malformed instanceof StreamConstraintsException) {
            return "nested too deeply, or a name or number too long";
        }
        String message = malformed.getOriginalMessage();
        if (message.startsWith("Duplicate Object property ")) {
            return "the field " + message.substring("Duplicate Object property ".length()) + " appears twice";
        }
        if (message.startsWith("Non-standard token")) {
            return "NaN and Infinity are written as strings";
        }
        int offset = (int) Math.max(0, Math.min(malformed.getLocation().getByteOffset(), end - start - 1));
        int shown = Math.min(end, start + offset + SHOWN);
        return "unexpected " + Excerpt.of(json, start + offset, shown) + " at byte " + (offset + 1);
    }
}
