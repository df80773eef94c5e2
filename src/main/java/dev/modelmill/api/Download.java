package dev.modelmill.api;

import dev.modelmill.task.output.PartSequence;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.ServletWebRequest;

/** One answer that may be of any length, written to the client as it is read. Confined to the request's thread. */
final class Download {

    static final String NDJSON = "application/x-ndjson";

    private static final int BUFFER = 64 * 1024;

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    Download(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** What writes the body. */
    @FunctionalInterface
    interface Body {

        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes something whose length is not known before. */
    void stream(String contentType, Body body) throws IOException {
        begin(contentType);
        write(body);
    }

    /**
     * Writes lines as they are, or a range of their bytes, or that they are unchanged.
     *
     * @param etag the tag of lines that change no more; null while they may still grow
     * @throws RangeNotSatisfiableException if a range is asked for that is not there (yet)
     */
    void bytes(PartSequence lines, @Nullable String etag) throws IOException {
        if (etag != null && new ServletWebRequest(request, response).checkNotModified(etag)) {
            return;
        }
        long length = lines.length();
        ByteRange range = hasRange(etag) ? ByteRange.parse(request.getHeader(HttpHeaders.RANGE), length) : null;
        begin(NDJSON);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (range == null) {
            response.setContentLengthLong(length);
            write(lines::writeTo);
        } else {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(length));
            response.setContentLengthLong(range.length());
            write(out -> lines.writeTo(out, range.from(), range.length()));
        }
    }

    /** A range counts where {@code If-Range} is absent or names what the client has the beginning of. */
    private boolean hasRange(@Nullable String etag) {
        String condition = request.getHeader(HttpHeaders.IF_RANGE);
        return request.getHeader(HttpHeaders.RANGE) != null && (condition == null || condition.equals(etag));
    }

    private void begin(String contentType) {
        response.setContentType(contentType);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.setBufferSize(BUFFER);
    }

    private void write(Body body) throws IOException {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            return;
        }
        try {
            body.writeTo(response.getOutputStream());
        } catch (IOException | RuntimeException e) {
            if (!response.isCommitted()) {
                response.reset();
            }
            throw e;
        }
    }
}
