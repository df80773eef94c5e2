package dev.modelmill.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** How many clients watch jobs. Here and not with the other meters, since those know nothing of streams. */
@Component
@ConditionalOnWebApplication
class StreamMeters implements MeterBinder {

    private final ProgressStreams streams;

    StreamMeters(ProgressStreams streams) {
        this.streams = streams;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("modelmill.sse.clients", streams, ProgressStreams::clients)
                .description("Clients that watch the progress of jobs")
                .register(registry);
    }
}
