package dev.modelmill.job.owner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on the service's port while the service waits for another one's end: alive, but not ready. Where the port is
 * taken nobody answers. Closed before the service itself listens.
 */
final class WaitingRoom implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WaitingRoom.class);
    private static final String HEALTH = "application/vnd.spring-boot.actuator.v3+json";
    private static final String WAITING = """
            {"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the service waits for another \
            one to end; try again in a moment","code":"unavailable","errors":[]}""";

    private final InetSocketAddress address;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    WaitingRoom(InetSocketAddress address) {
        this.address = address;
    }

    /** Begins to answer, where the port is free. */
    void open() {
        if (address.getPort() <= 0) {
            return;
        }
        try {
            HttpServer opened = HttpServer.create(address, 0);
            ExecutorService executor = Executors.newFixedThreadPool(2, task -> new Thread(task, "waiting-room"));
            opened.setExecutor(executor);
            opened.createContext("/", WaitingRoom::answer);
            opened.start();
            server = opened;
            threads = executor;
        } catch (IOException taken) {
            log.debug("nobody answers while this service waits", taken);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/actuator/health/liveness" -> send(exchange, 200, HEALTH, "{\"status\":\"UP\"}");
            case "/actuator/health/readiness" -> send(exchange, 503, HEALTH, "{\"status\":\"OUT_OF_SERVICE\"}");
            default -> {
                exchange.getResponseHeaders().set("Retry-After", "2");
                send(exchange, 503, "application/problem+json", WAITING);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Answers no more, and frees the port. Safe twice, and before it was opened. */
    @Override
    public void close() {
        HttpServer opened = server;
        ExecutorService executor = threads;
        server = null;
        threads = null;
        if (opened != null && executor != null) {
            opened.stop(0);
            executor.shutdown();
        }
    }
}
