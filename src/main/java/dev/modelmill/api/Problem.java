package dev.modelmill.api;

import dev.modelmill.job.JobRejectedException.Fault;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Why a request failed, as RFC 9457 writes it, with a stable code and the fields at fault.
 *
 * @param type always {@code about:blank}: the code says more
 * @param title the status in words
 * @param status the status
 * @param detail what is wrong and what to change
 * @param code the kind of problem, for programs
 * @param errors the fields of the body or the parameters of the query at fault
 */
record Problem(String type, String title, int status, String detail, String code, List<Fault> errors) {

    static Problem of(HttpStatusCode status, String code, String detail, List<Fault> errors) {
        return new Problem("about:blank", title(status), status.value(), detail, code, errors);
    }

    static Problem of(HttpStatusCode status, String code, String detail) {
        return of(status, code, detail, List.of());
    }

    /** A problem of which only the status is known. */
    static Problem of(HttpStatusCode status, String detail) {
        return of(status, codeOf(status), detail);
    }

    private static String title(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "Error" : known.getReasonPhrase();
    }

    private static String codeOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "bad_request";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 413 -> "too_large";
            case 415 -> "unsupported_media_type";
            case 503 -> "unavailable";
            default -> status.is4xxClientError() ? "bad_request" : "internal";
        };
    }

    /** The answer; its type is set, so that {@code Accept} has no say. */
    ResponseEntity<Object> answer(HttpHeaders headers) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }

    ResponseEntity<Object> answer() {
        return answer(new HttpHeaders());
    }
}
