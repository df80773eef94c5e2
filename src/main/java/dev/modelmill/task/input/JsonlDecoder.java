package dev.modelmill.task.input;

import dev.modelmill.task.bytes.ByteBuilder;
import dev.modelmill.task.bytes.JsonText;
import dev.modelmill.task.input.TaskSchema.Binding;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Decodes records of JSONL: finds where the values of the fields lie, then decodes each into its column. */
final class JsonlDecoder implements RecordDecoder {

    private record Place(int from, int to, boolean isNull) {}

    private final TaskInput input;
    private final TaskSchema schema;
    private final Include include;
    private final JsonValues json = new JsonValues();
    private final Set<String> wanted;
    private final Map<String, Place> places = new LinkedHashMap<>();

    JsonlDecoder(TaskInput input, TaskSchema schema, Include include) {
        this.input = input;
        this.schema = schema;
        this.include = include;
        this.wanted = Stream.of(
                        schema.bindings().stream().flatMap(binding -> binding.fields().stream()),
                        include.names().stream(),
                        Stream.of(input.idField()))
                .flatMap(names -> names)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void decode(byte[] array, int from, int to, DecodedWindow window) {
        places.clear();
        find(array, from, to);
        echo(array, from, to, window);
        int number = 0;
        for (Binding binding : schema.bindings()) {
            if (binding.whole()) {
                addWhole(number, binding, array, window);
            } else {
                addEach(number, binding, array, window);
            }
            number++;
        }
    }

    private void find(byte[] array, int from, int to) {
        try (JsonParser parser = json.parser(array, from, to)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidTaskException("a task must be a JSON object");
            }
            Map<String, Place> found = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                int begin = from + (int) parser.currentTokenLocation().getByteOffset();
                parser.finishToken();
                parser.skipChildren();
                int end = from + (int) parser.currentLocation().getByteOffset();
                if (wanted.contains(name)) {
                    Place place = new Place(begin, end, token == JsonToken.VALUE_NULL);
                    if (found.put(name, place) != null) {
                        throw new InvalidTaskException("the field \"" + name + "\" is there twice");
                    }
                }
            }
            if (parser.nextToken() != null) {
                throw new InvalidTaskException("there is something after the JSON object");
            }
            places.putAll(found);
        } catch (JacksonException e) {
            throw new InvalidTaskException("not valid JSON: " + e.getOriginalMessage());
        }
    }

    private void addWhole(int number, Binding binding, byte[] array, DecodedWindow window) {
        String field = binding.fields().get(0);
        try {
            Place place = places.get(field);
            TensorColumn column = window.column(number);
            List<Long> taskShape = binding.spec().taskShape();
            String literal = binding.missing();
            if (place != null && !place.isNull) {
                window.shape(number, json.add(column, taskShape, array, place.from, place.to));
            } else if (literal != null) {
                window.shape(number, JsonValues.flat(taskShape, 1));
                byte[] text = literal.getBytes(StandardCharsets.UTF_8);
                Values.add(column, text, 0, text.length);
            } else {
                throw new InvalidTaskException(place == null ? "the value is missing" : "the value is null");
            }
        } catch (InvalidTaskException e) {
            throw new InvalidTaskException(field + ": " + e.getMessage());
        }
    }

    private void addEach(int number, Binding binding, byte[] array, DecodedWindow window) {
        TensorColumn column = window.column(number);
        String literal = binding.missing();
        for (String field : binding.fields()) {
            Place place = places.get(field);
            try {
                if (place != null && !place.isNull) {
                    json.add(column, List.of(), array, place.from, place.to);
                } else if (literal != null) {
                    byte[] text = literal.getBytes(StandardCharsets.UTF_8);
                    Values.add(column, text, 0, text.length);
                } else {
                    throw new InvalidTaskException(place == null ? "the value is missing" : "the value is null");
                }
            } catch (InvalidTaskException e) {
                throw new InvalidTaskException(field + ": " + e.getMessage());
            }
        }
        window.shape(
                number,
                JsonValues.flat(binding.spec().taskShape(), binding.fields().size()));
    }

    private void echo(byte[] array, int from, int to, DecodedWindow window) {
        ByteBuilder out = window.json();
        Place id = places.get(input.idField());
        if (id != null) {
            int begin = out.length();
            out.append(array, id.from, id.to);
            window.id(begin, out.length());
        }
        if (include.nothing()) {
            return;
        }
        int begin = out.length();
        if (include.all()) {
            appendTrimmed(out, array, from, to);
        } else {
            appendFields(out, array);
        }
        window.input(begin, out.length());
    }

    private static void appendTrimmed(ByteBuilder out, byte[] array, int from, int to) {
        int begin = from;
        int end = to;
        while (array[begin] != '{') {
            begin++;
        }
        while (array[end - 1] != '}') {
            end--;
        }
        out.append(array, begin, end);
    }

    private void appendFields(ByteBuilder out, byte[] array) {
        out.append((byte) '{');
        boolean first = true;
        for (String name : include.names()) {
            Place place = places.get(name);
            if (place != null) {
                if (!first) {
                    out.append((byte) ',');
                }
                first = false;
                JsonText.appendString(out, name);
                out.append((byte) ':').append(array, place.from, place.to);
            }
        }
        out.append((byte) '}');
    }
}
