package dev.modelmill.api;

import dev.modelmill.job.JobRejectedException;
import dev.modelmill.job.JobRejectedException.Fault;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.ServiceBusyException;
import dev.modelmill.job.WrongStatusException;
import dev.modelmill.job.intake.MalformedRequestException;
import dev.modelmill.job.intake.RequestTooLargeException;
import dev.modelmill.job.log.BadLogQueryException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Makes a problem detail of whatever goes wrong in a request, for all rooms; says nothing of the server's inside. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_SECONDS = "2";
    private static final String INTERNAL = "something went wrong in the service; its log says more";

    @ExceptionHandler
    ResponseEntity<Object> rejected(JobRejectedException e) {
        return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, e.code(), e.getMessage(), e.faults())
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> malformed(MalformedRequestException e) {
        return Problem.of(HttpStatus.BAD_REQUEST, "malformed_request", e.getMessage())
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> badParameter(BadParameterException e) {
        return badParameter(e.parameter(), e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> badLogQuery(BadLogQueryException e) {
        return badParameter(e.parameter(), e.getMessage());
    }

    private static ResponseEntity<Object> badParameter(String parameter, String detail) {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid_parameter",
                        detail,
                        List.of(new Fault("/" + parameter, detail)))
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> noSuchJob(NoSuchJobException e) {
        return Problem.of(HttpStatus.NOT_FOUND, "unknown_job", e.getMessage()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> noSuchModel(UnknownModelException e) {
        return Problem.of(HttpStatus.NOT_FOUND, "unknown_model", e.getMessage()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongStatus(WrongStatusException e) {
        return Problem.of(HttpStatus.CONFLICT, "wrong_status", e.getMessage()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(RequestTooLargeException e) {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, e.getMessage()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> notReady(NotReadyException e) {
        return unavailable(e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> busy(ServiceBusyException e) {
        return unavailable(e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> noSuchRange(RangeNotSatisfiableException e) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + e.available());
        return Problem.of(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "range_not_satisfiable", e.getMessage())
                .answer(headers);
    }

    /**
     * What nobody expected. An answer that has begun is broken off, so that no client takes it for whole: the exception
     * goes on to the server, which closes the connection.
     */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception e, HttpServletResponse response) throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("A client went away", e);
            return null;
        }
        if (response.isCommitted()) {
            throw e;
        }
        return switch (Causes.of(e)) {
            case NO_SPACE -> noSpace(e);
            case NO_DATABASE -> noDatabase(e);
            case TOO_LARGE ->
                Problem.of(HttpStatus.CONTENT_TOO_LARGE, HttpFaults.TOO_LARGE).answer();
            case OTHER -> e instanceof MultipartException ? brokenMultipart() : internal(e);
        };
    }

    private static ResponseEntity<Object> noSpace(Exception e) {
        LOG.warn("There is no space left: {}", e.toString());
        return Problem.of(
                        HttpStatus.INSUFFICIENT_STORAGE,
                        "no_space",
                        "there is no space left on the server; delete jobs that have ended or ask its operator")
                .answer();
    }

    private static ResponseEntity<Object> noDatabase(Exception e) {
        LOG.warn("The database is not there: {}", e.toString());
        return unavailable("the service has no database now; try again in a moment");
    }

    private static ResponseEntity<Object> brokenMultipart() {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "malformed_request",
                        "the body is no complete multipart/form-data with the parts \"job\" and \"input\"")
                .answer();
    }

    private static ResponseEntity<Object> internal(Exception e) {
        LOG.error("A request failed", e);
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, INTERNAL).answer();
    }

    private static ResponseEntity<Object> unavailable(String detail) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, detail).answer(headers);
    }

    /** What Spring itself refuses: paths, methods, types, parameters. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ServletWebRequest servlet = (ServletWebRequest) request;
        HttpServletResponse response = servlet.getResponse();
        if (response != null && response.isCommitted()) {
            return null;
        }
        if (status.value() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            return internal(e);
        }
        return HttpFaults.problem(e, status, servlet.getRequest()).answer(headers);
    }
}
