package dev.modelmill.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes a problem detail of the errors that the container reports outside of all controllers. */
@RestController
@Hidden
class ErrorProblems implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    @Nullable
    ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null;
        }
        return problem(request).answer();
    }

    private static Problem problem(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (!(status instanceof Integer code)) {
            return Problem.of(HttpStatus.NOT_FOUND, HttpFaults.nothingHere(request.getRequestURI()));
        }
        return Problem.of(HttpStatusCode.valueOf(code), detail(code, request));
    }

    static String detail(int status, HttpServletRequest request) {
        return switch (status) {
            case 404 -> HttpFaults.nothingHere((String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
            case 413 -> HttpFaults.TOO_LARGE;
            default ->
                status < 500
                        ? "the request can't be understood"
                        : "something went wrong in the service; its log says more";
        };
    }
}
