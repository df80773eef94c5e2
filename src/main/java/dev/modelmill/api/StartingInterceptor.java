package dev.modelmill.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses all that is asked about jobs until the service has started: before that a job whose row is lost, and not yet
 * entered again, would seem unknown. Shared between threads.
 */
final class StartingInterceptor implements HandlerInterceptor {

    private final ApplicationAvailability availability;
    private volatile boolean started;

    StartingInterceptor(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!started && availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            throw new NotReadyException();
        }
        started = true;
        return true;
    }
}
