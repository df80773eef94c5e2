package dev.modelmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lets one service after the other die at failpoints, all in one folder: the start that checks one death is the one that
 * meets the next. Used by one thread.
 */
final class FailpointSession implements AutoCloseable {

    private static final int AS_IF_KILLED = 137;
    private static final Duration REACHED = Duration.ofSeconds(90);

    private final List<Failpoint> points;
    private Site site;
    private Ledger ledger;
    private @Nullable ServiceProcess service;
    private int armed;

    FailpointSession(List<Failpoint> points) {
        this.points = points;
        site = Site.create().withFailpoints(points);
        ledger = new Ledger(site);
    }

    /** Lets the service die at a point, starts it again and says what is broken then; after a fault in a new folder. */
    List<String> dieAt(Failpoint point) throws IOException {
        boolean clean = false;
        try {
            List<String> faults = dieAndStart(point);
            clean = faults.isEmpty();
            return faults;
        } finally {
            if (!clean) {
                beginAnew();
            }
        }
    }

    private void beginAnew() {
        site.close();
        service = null;
        site = Site.create().withFailpoints(points);
        ledger = new Ledger(site);
    }

    private List<String> dieAndStart(Failpoint point) throws IOException {
        ServiceProcess dying = running();
        Runnable drive = prepared(point, dying.api());
        arm(point);
        drive(drive);
        int exit = dying.awaitExit(REACHED);
        assertThat(Files.exists(reached()) ? Files.readString(reached()) : "never reached")
                .as("the failpoint")
                .isEqualTo(point.name());
        assertThat(exit).isEqualTo(AS_IF_KILLED);
        Files.delete(site.folder().resolve("arm"));
        service = null;
        return ledger.check(running().api()).all();
    }

    private ServiceProcess running() {
        if (service == null) {
            service = site.start().ready();
        }
        return service;
    }

    private Path reached() {
        return site.folder().resolve("reached");
    }

    private void arm(Failpoint point) {
        try {
            Files.deleteIfExists(reached());
            Path next = site.folder().resolve("arm.next");
            Files.writeString(next, point.name() + ":" + point.pass() + "#" + armed++);
            Files.move(next, site.folder().resolve("arm"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings the service to where the point is near; what is returned takes it there. */
    private Runnable prepared(Failpoint point, Api api) {
        return switch (point.drive()) {
            case UPLOAD -> () -> ledger.send(api, JobKind.UPLOAD);
            case RUN -> () -> ledger.send(api, JobKind.PATH);
            case CANCEL -> {
                Promise running = begun(api);
                yield () -> ledger.cancel(api, running);
            }
            case DELETE -> {
                Promise ended = ledger.send(api, JobKind.INLINE);
                Ledger.awaitEnd(api, ended.id());
                yield () -> ledger.delete(api, ended);
            }
            case RESTART -> {
                Promise cancelled = begun(api);
                ledger.cancel(api, cancelled);
                Ledger.awaitEnd(api, cancelled.id());
                yield () -> ledger.restart(api, cancelled);
            }
        };
    }

    private Promise begun(Api api) {
        Promise promise = ledger.send(api, JobKind.LONG);
        awaitSomeDone(api, promise.id());
        return promise;
    }

    /** Waits until some tasks of a job have been committed. */
    static JsonNode awaitSomeDone(Api api, String id) {
        return Awaitility.await("tasks of job " + id)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> api.job(id),
                        job -> job.get("progress").get("succeeded").asInt() > 0);
    }

    private static void drive(Runnable drive) {
        try {
            drive.run();
        } catch (Api.NoAnswerException died) {
            assertThat(died).hasMessageNotContaining("timed out");
        }
    }

    @Override
    public void close() {
        site.close();
    }
}
