package dev.modelmill.powerloss;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A job that is asked for.
 *
 * @param name its name here and its idempotency key
 * @param input what its tasks are: orders of the same input give the same results
 * @param tasks how many they are
 * @param output the name of its output file, where it has one
 * @param contentType of the request
 * @param body of the request
 */
record Order(String name, String input, int tasks, @Nullable String output, String contentType, byte[] body) {

    private static final String BOUNDARY = "boundary-of-the-parts";

    /** A job whose tasks are in its JSON, or in a file of the server. */
    static Order json(String name, String input, int tasks, @Nullable String output, String json) {
        return new Order(name, input, tasks, output, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** A job with an upload. */
    static Order upload(
            String name, String input, int tasks, @Nullable String output, String json, String file, byte[] content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(part("name=\"job\"", json.getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(part("name=\"input\"; filename=\"" + file + "\"", content));
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return new Order(name, input, tasks, output, "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
    }

    private static byte[] part(String disposition, byte[] content) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        part.writeBytes(content);
        part.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return part.toByteArray();
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
