package dev.modelmill.stream;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** No stream is begun while the service starts or stops: 503, to be tried again. */
class StreamsStoppedException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    StreamsStoppedException() {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE, "The service is starting or stopping; try again in a moment"),
                null);
        getHeaders().set("Retry-After", "2");
    }
}
