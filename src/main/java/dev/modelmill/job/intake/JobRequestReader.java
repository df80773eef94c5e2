package dev.modelmill.job.intake;

import dev.modelmill.job.JobRejectedException;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.store.RestartChanges;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON of a request as a stream: tasks that come inline go to a file, a line each, with their numbers to the
 * letter; the rest is small. Every field that is unknown or does not fit is named.
 */
final class JobRequestReader {

    private static final int MAX_DEPTH = 500;

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    private final Supplier<Path> stagedFile;

    JobRequestReader(Supplier<Path> stagedFile) {
        this.stagedFile = stagedFile;
    }

    /**
     * Reads a request to its end.
     *
     * @throws MalformedRequestException if it is no JSON
     * @throws JobRejectedException if a field is unknown or does not fit
     */
    Submission read(InputStream source) {
        Reading reading = new Reading();
        try (JsonParser parser = json.createParser(source)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRequestException("the body must be a JSON object");
            }
            ObjectNode fields = reading.object(parser, 0);
            if (parser.nextToken() != null) {
                throw new MalformedRequestException("there is something after the JSON object");
            }
            JobRequest request = new JobRequestFields(fields).request();
            return new Submission(request, fields.toString(), reading.staged, null);
        } catch (JacksonException e) {
            reading.discard();
            throw explained(e);
        } catch (RuntimeException e) {
            reading.discard();
            throw e;
        }
    }

    /** Not every failure is the sender's: the tasks are written to a file meanwhile. */
    private static RuntimeException explained(JacksonException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RequestTooLargeException tooLarge) {
                return tooLarge;
            }
            if (cause instanceof IOException failure) {
                return new UncheckedIOException(failure);
            }
        }
        TokenStreamLocation place = e.getLocation();
        String where = place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
        return new MalformedRequestException("the body is not valid JSON: " + cleaned(e.getOriginalMessage()) + where);
    }

    /**
     * Reads what a restart changes, to its end; nothing where nothing comes.
     *
     * @throws MalformedRequestException if it is no JSON
     * @throws JobRejectedException if a field is unknown or does not fit
     */
    RestartChanges readRestart(InputStream source) {
        try (JsonParser parser = json.createParser(source)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new RestartChanges(json.createObjectNode());
            }
            if (first != JsonToken.START_OBJECT) {
                throw new MalformedRequestException("the body must be a JSON object");
            }
            ObjectNode fields = (ObjectNode) json.readTree(parser);
            if (parser.nextToken() != null) {
                throw new MalformedRequestException("there is something after the JSON object");
            }
            return RestartFields.changes(fields);
        } catch (JacksonException e) {
            throw explained(e);
        }
    }

    /** Without what the parser says of its own source. */
    private static String cleaned(String message) {
        int source = message.indexOf("[Source:");
        return (source < 0 ? message : message.substring(0, source)).replaceAll("[ (]*(at)? *$", "");
    }

    /** One request on its way from the parser to a small tree and a file of tasks. */
    private final class Reading {

        private @Nullable Path staged;

        ObjectNode object(JsonParser parser, int depth) {
            ObjectNode object = json.createObjectNode();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (depth == 0 && name.equals("input") && value == JsonToken.START_OBJECT) {
                    object.set(name, object(parser, 1));
                } else if (depth == 1 && name.equals("tasks") && value == JsonToken.START_ARRAY) {
                    object.put(name, stage(parser));
                } else {
                    object.set(name, json.readTree(parser));
                }
            }
            return object;
        }

        private long stage(JsonParser parser) {
            Path file = stagedFile.get();
            staged = file;
            long tasks = 0;
            try (OutputStream out = Files.newOutputStream(file);
                    JsonGenerator generator = json.createGenerator(new BufferedOutputStream(out, 1 << 16))) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    copy(parser, generator);
                    generator.writeRaw('\n');
                    tasks++;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return tasks;
        }

        void discard() {
            if (staged != null) {
                try {
                    Files.deleteIfExists(staged);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Copies one value; numbers keep every character, so that no integer or float is changed on the way. */
    private static void copy(JsonParser parser, JsonGenerator generator) {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            switch (token) {
                case START_OBJECT -> generator.writeStartObject();
                case END_OBJECT -> generator.writeEndObject();
                case START_ARRAY -> generator.writeStartArray();
                case END_ARRAY -> generator.writeEndArray();
                case PROPERTY_NAME -> generator.writeName(parser.currentName());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getString());
                default -> generator.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && depth < MAX_DEPTH && parser.nextToken() != null);
    }
}
