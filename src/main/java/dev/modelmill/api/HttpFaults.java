package dev.modelmill.api;

import dev.modelmill.job.JobRejectedException.Fault;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What is wrong with requests that reach no method of ours, in words for their senders. */
final class HttpFaults {

    static final String TOO_LARGE = "the body is over the limit (modelmill.max-request-size for uploads)";

    private static final List<MediaType> BODIES = List.of(MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA);

    private HttpFaults() {}

    static Problem problem(Exception e, HttpStatusCode status, HttpServletRequest request) {
        if (e instanceof TypeMismatchException mismatch) {
            return wrongType(mismatch, status);
        }
        if (e instanceof MissingServletRequestParameterException missing) {
            String detail = "the parameter " + missing.getParameterName() + " is missing";
            return parameter(status, missing.getParameterName(), detail);
        }
        return Problem.of(status, detail(e, status, request));
    }

    private static Problem wrongType(TypeMismatchException e, HttpStatusCode status) {
        String name = e instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : Objects.requireNonNullElse(e.getPropertyName(), "?");
        String expected = e.getRequiredType() == boolean.class ? "true or false" : "another value";
        return parameter(status, name, name + ": expected " + expected + ", got \"" + e.getValue() + "\"");
    }

    private static Problem parameter(HttpStatusCode status, String name, String detail) {
        return Problem.of(status, "invalid_parameter", detail, List.of(new Fault("/" + name, detail)));
    }

    private static String detail(Exception e, HttpStatusCode status, HttpServletRequest request) {
        if (e instanceof NoResourceFoundException || e instanceof NoHandlerFoundException) {
            return nothingHere(request.getRequestURI());
        }
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            return method.getMethod() + " is not possible here" + instead(method.getSupportedHttpMethods());
        }
        if (e instanceof HttpMediaTypeNotSupportedException type) {
            return (type.getContentType() == null
                            ? "the body has no Content-Type"
                            : type.getContentType() + " is not understood here")
                    + instead(type.getSupportedMediaTypes().isEmpty() ? BODIES : type.getSupportedMediaTypes());
        }
        if (e instanceof HttpMediaTypeNotAcceptableException type) {
            return "nothing that Accept asks for can be sent" + instead(type.getSupportedMediaTypes());
        }
        return other(e, status);
    }

    static String nothingHere(@Nullable String path) {
        return "there is nothing at " + (path == null ? "this path" : path);
    }

    private static String instead(@Nullable Iterable<?> possible) {
        StringBuilder text = new StringBuilder();
        if (possible != null) {
            for (Object each : possible) {
                text.append(text.isEmpty() ? "; possible: " : ", ").append(each);
            }
        }
        return text.toString();
    }

    /** The words of whoever refused, where they are meant for clients; else none of them. */
    private static String other(Exception e, HttpStatusCode status) {
        if (status.value() == 413) {
            return TOO_LARGE;
        }
        String detail = e instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        return detail == null ? "the request can't be understood" : detail;
    }
}
