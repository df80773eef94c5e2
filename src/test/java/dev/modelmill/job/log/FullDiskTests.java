package dev.modelmill.job.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log of a job on a disk without space: nobody is harmed, and what was lost is told. */
class FullDiskTests {

    @TempDir
    private Path folder;

    private final EventLogs logs = new EventLogs(1 << 20, Clock.systemUTC());
    private final Logger service = (Logger) LoggerFactory.getLogger(EventLog.class);
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

    @BeforeEach
    void listen() {
        warnings.start();
        service.addAppender(warnings);
    }

    @AfterEach
    void close() {
        logs.close();
        service.detachAppender(warnings);
    }

    @Test
    void logThatCantBeOpenedTakesEventsOnceItCan() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Path file = Files.createSymbolicLink(folder.resolve("log.jsonl"), full);
        EventLog log = logs.open("job", folder, 1);
        append(log, "one", "two", "three");
        assertThat(log.lost()).isEqualTo(3);
        Files.delete(file);
        append(log, "four");
        assertThat(messages(log)).containsExactly("four", lost(3));
        assertThat(warnings.list).hasSize(1);
        assertThat(log.end()).isEqualTo(1_000_000_003L);
    }

    @Test
    void logThatCanNeverBeOpenedEndsAllTheSame() throws IOException {
        assumeThat(Path.of("/dev/full")).exists();
        Files.createSymbolicLink(folder.resolve("log.jsonl"), Path.of("/dev/full"));
        EventLog log = logs.open("job", folder, 1);
        append(log, "lost");
        assertThat(log.end()).isEqualTo(1);
        logs.close("job");
        assertThat(warnings.list).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void eventsOnAFullDiskAreCountedAndToldOfWhenThereIsSpace() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder.toString()))
                .as("a small file system can be mounted")
                .isTrue();
        try {
            EventLog log = logs.open("job", folder, 1);
            append(log, "before");
            Path filler = fill();
            append(log, "x".repeat(10_000), "y".repeat(10_000));
            Files.delete(filler);
            append(log, "after");
            assertThat(messages(log)).containsExactly("before", "after", lost(2));
            assertThat(warnings.list).hasSize(1);
            assertThat(warnings.list.get(0).getThrowableProxy()).isNull();
            logs.close("job");
            assertThat(messages(new EventLogs(1 << 20, Clock.systemUTC()).find("job", folder)))
                    .hasSize(3);
        } finally {
            logs.close();
            run("umount", folder.toString());
        }
    }

    private static String lost(int count) {
        return count + " events before the last one could not be written to the log of the job and were lost";
    }

    private Path fill() throws IOException {
        Path filler = folder.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static void append(EventLog log, String... messages) {
        for (String message : messages) {
            log.append(Instant.EPOCH, Level.INFO, "digits-1", message);
        }
    }

    private static List<String> messages(EventLog log) {
        return log.after(0).read(100).stream()
                .map(line -> line.event().message())
                .toList();
    }
}
