package dev.modelmill.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Makes a problem detail of what Tomcat refuses before any application sees it: a path that is none, a header that is too
 * long. Public, and made by Tomcat, by name.
 */
public final class ProblemValve extends ErrorReportValve {

    /** For Tomcat. */
    public ProblemValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable problem) {
        int status = response.getStatus();
        if (status < HttpStatus.BAD_REQUEST.value()
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(body(status).getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            containerLog.debug("The client went away before it was told", gone);
        }
    }

    private static String body(int status) {
        Problem problem = Problem.of(HttpStatusCode.valueOf(status), "the request can't be understood");
        return """
                {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s","errors":[]}\
                """.formatted(problem.title(), status, problem.detail(), problem.code());
    }
}
