package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The service as a child process, its log in a file. Ends with the JVM that started it at the latest. Used by one thread;
 * {@link #kill9()} may come from any.
 */
public final class ServiceProcess implements AutoCloseable {

    static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int LINES_SHOWN = 60;

    private final Process process;
    private final Path log;
    private final Api api;
    private final Thread killer;

    private ServiceProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.api = new Api(URI.create("http://127.0.0.1:" + port));
        this.killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /** Starts a service in a folder and returns at once. */
    public static ServiceProcess start(List<String> java, List<String> settings, Path folder, Path log) {
        int port = freePort();
        List<String> command = new ArrayList<>(java);
        command.add("serve");
        command.add("--server.port=" + port);
        command.addAll(settings);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ServiceProcess(process, log, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the service is ready; false where it died before. */
    public boolean awaitReady() {
        Awaitility.await("the service is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !alive() || api.ready());
        return alive();
    }

    /** As {@link #awaitReady()}, failing with the log where the service died. */
    public ServiceProcess ready() {
        assertThat(awaitReady()).as(() -> "the service started\n" + tail()).isTrue();
        return this;
    }

    /** A client of it. */
    public Api api() {
        return api;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** Kills it like a crash does. Safe twice. */
    void kill9() {
        process.destroyForcibly();
    }

    /** Waits for it to be dead. */
    int awaitExit(Duration atMost) {
        try {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as(() -> "the service ended within " + atMost + "\n" + tail())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the service ended", e);
        }
    }

    /** Asks it to end, as a supervisor does: it has ten seconds and ends with 0. Returns how long it took. */
    public Duration terminate() {
        long begun = System.nanoTime();
        process.destroy();
        int exit = awaitExit(STOP);
        assertThat(exit).as(() -> "the exit code after SIGTERM\n" + tail()).isZero();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Asks it to end and waits as long as it takes to write an archive of its classes. */
    public void terminateSlowly() {
        process.destroy();
        assertThat(awaitExit(START)).as(this::tail).isZero();
    }

    /** The last lines of its log. */
    public String tail() {
        try {
            List<String> lines =
                    Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    /** All that it has logged. */
    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill9();
        awaitExit(STOP);
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException endingAnyway) {
            process.destroyForcibly();
        }
    }
}
