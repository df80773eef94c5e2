package dev.modelmill.stream;

import dev.modelmill.job.log.BadLogQueryException;
import dev.modelmill.job.log.LogQuery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /jobs/{id}/progress} as {@code text/event-stream}. */
@RestController
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ProgressStream {

    private static final String EVENTS = MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8";

    private final WatchedJobs jobs;
    private final ProgressStreams streams;

    ProgressStream(WatchedJobs jobs, ProgressStreams streams) {
        this.jobs = jobs;
        this.streams = streams;
    }

    /**
     * Streams the job's progress and log. A client that accepts everything, {@code curl} for instance, gets the stream
     * although the same path has a variant in JSON: between the two Spring would take the first by name, but prefers
     * one that names the range that was asked for.
     */
    @GetMapping(
            path = "/jobs/{id}/progress",
            produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.ALL_VALUE})
    void stream(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(name = "after", required = false) @Nullable String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        OptionalLong seen = seen(lastEventId);
        OptionalLong start = seen.isPresent() ? seen : start(after);
        WatchedJobs.Snapshot job = jobs.snapshot(id);
        if (seen.isPresent() && streams.hasSeenEnd(id, job, seen.getAsLong())) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        EventFeed feed = streams.feed(id, job, start);
        setHeaders(response);
        if (HttpMethod.GET.matches(request.getMethod())) {
            streams.open(id, feed, request);
        }
    }

    /** What a browser sends on its own must not fail: it would ask the same again and again. */
    private static OptionalLong seen(@Nullable String lastEventId) {
        try {
            return start(lastEventId);
        } catch (BadLogQueryException foreign) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong start(@Nullable String after) {
        return after == null || after.isBlank()
                ? OptionalLong.empty()
                : OptionalLong.of(LogQuery.parseSeq("after", after));
    }

    private static void setHeaders(HttpServletResponse response) {
        response.setContentType(EVENTS);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }
}
