package dev.modelmill.job.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TakeoverTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void takeWhenItIsFreeDoesNotWait() {
        try (Takeover takeover = new Takeover(Duration.ZERO, null)) {
            FakeClaim claim = new FakeClaim(0, () -> {});
            takeover.take(claim);
            assertThat(claim.attempts).isEqualTo(1);
        }
    }

    @Test
    void takeWhenItBecomesFreeTakesItSoon() {
        FakeClaim claim = new FakeClaim(2, () -> {});
        try (Takeover takeover = new Takeover(LONG, null)) {
            takeover.take(claim);
        }
        assertThat(claim.attempts).isEqualTo(3);
    }

    @Test
    void takeWhenItStaysHeldRefusesAfterTheWait() {
        long start = System.nanoTime();
        try (Takeover takeover = new Takeover(Duration.ofMillis(300), null)) {
            assertThatExceptionOfType(NotOwnerException.class)
                    .isThrownBy(() -> takeover.take(new FakeClaim(Integer.MAX_VALUE, () -> {})))
                    .withMessage("Held by a fake. This one has waited 300 ms for it.")
                    .satisfies(e -> assertThat(e.remedy()).isEqualTo("End the fake."));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void takeWhenThereIsNoWaitRefusesAtOnce() {
        FakeClaim claim = new FakeClaim(Integer.MAX_VALUE, () -> {});
        try (Takeover takeover = new Takeover(Duration.ZERO, null)) {
            assertThatExceptionOfType(NotOwnerException.class).isThrownBy(() -> takeover.take(claim));
        }
        assertThat(claim.attempts).isEqualTo(1);
    }

    @Test
    void waitingRoomWhileItWaitsIsAliveButNotReady() throws Exception {
        int port = freePort();
        WaitingRoom room = new WaitingRoom(new InetSocketAddress("127.0.0.1", port));
        HttpResponse<?>[] answers = new HttpResponse<?>[3];
        try (Takeover takeover = new Takeover(LONG, room)) {
            takeover.take(new FakeClaim(1, () -> {
                answers[0] = get(port, "/actuator/health/liveness");
                answers[1] = get(port, "/actuator/health/readiness");
                answers[2] = get(port, "/jobs?limit=1");
            }));
        }
        assertThat(answers[0].statusCode()).isEqualTo(200);
        assertThat(answers[0].body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(answers[1].statusCode()).isEqualTo(503);
        assertThat(answers[1].body()).isEqualTo("{\"status\":\"OUT_OF_SERVICE\"}");
        assertThat(answers[2].statusCode()).isEqualTo(503);
        assertThat(answers[2].headers().firstValue("Retry-After")).hasValue("2");
        assertThat(answers[2].headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(String.valueOf(answers[2].body())).contains("\"status\":503", "\"code\":\"unavailable\"");
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress("127.0.0.1", port));
        }
    }

    @Test
    void waitingRoomWhenThePortIsTakenWaitsWithout() throws IOException {
        try (ServerSocket taken = new ServerSocket(0);
                Takeover takeover =
                        new Takeover(LONG, new WaitingRoom(new InetSocketAddress("127.0.0.1", taken.getLocalPort())))) {
            FakeClaim claim = new FakeClaim(1, () -> {});
            takeover.take(claim);
            assertThat(claim.attempts).isEqualTo(2);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> get(int port, String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Refused some times, then taken; does something at each attempt but the first. */
    private static final class FakeClaim implements Claim {

        private final int refusals;
        private final Runnable meanwhile;
        private int attempts;

        FakeClaim(int refusals, Runnable meanwhile) {
            this.refusals = refusals;
            this.meanwhile = meanwhile;
        }

        @Override
        public Attempt attempt() {
            if (attempts > 0) {
                meanwhile.run();
            }
            return attempts++ < refusals ? new Attempt.Refused("Held by a fake.", true) : new Attempt.Taken();
        }

        @Override
        public String remedy() {
            return "End the fake.";
        }

        @Override
        public void close() {}
    }
}
