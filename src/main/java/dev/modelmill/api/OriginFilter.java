package dev.modelmill.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses what pages of other web origins have a browser send: a page anywhere may reach a service on the user's own
 * machine. Programs send no {@code Origin} and pass.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class OriginFilter extends OncePerRequestFilter {

    private final JsonMapper json;

    OriginFilter(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || isSame(origin, request.getHeader(HttpHeaders.HOST))) {
            chain.doFilter(request, response);
        } else {
            refuse(response);
        }
    }

    /** Whether a page comes from the host that is asked; the scheme may differ behind a proxy that ends TLS. */
    static boolean isSame(String origin, @Nullable String host) {
        URI page = parse(origin);
        URI asked = host == null || page == null ? null : parse(page.getScheme() + "://" + host);
        return page != null
                && asked != null
                && page.getHost() != null
                && page.getHost().equalsIgnoreCase(asked.getHost())
                && port(page) == port(asked);
    }

    private static @Nullable URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException noUri) {
            return null;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme().toLowerCase(Locale.ROOT)) ? 443 : 80;
    }

    private void refuse(HttpServletResponse response) throws IOException {
        Problem problem = Problem.of(
                HttpStatus.FORBIDDEN, "foreign_origin", "requests of pages of other web origins are refused");
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
