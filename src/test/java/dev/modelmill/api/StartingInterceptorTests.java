package dev.modelmill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class StartingInterceptorTests {

    private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();
    private final StartingInterceptor interceptor = new StartingInterceptor(availability);

    @Test
    void preHandleWhenTheServiceStartsRefuses() {
        assertThatThrownBy(this::ask).isInstanceOf(NotReadyException.class);
    }

    @Test
    void preHandleWhenTheServiceHasStartedLetsPassAlsoWhileItStops() {
        become(ReadinessState.ACCEPTING_TRAFFIC);
        assertThat(ask()).isTrue();
        become(ReadinessState.REFUSING_TRAFFIC);
        assertThat(ask()).isTrue();
    }

    private void become(ReadinessState state) {
        availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
    }

    private boolean ask() {
        return interceptor.preHandle(new MockHttpServletRequest(), new MockHttpServletResponse(), this);
    }
}
