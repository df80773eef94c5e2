package dev.modelmill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.JobStatus;
import dev.modelmill.job.log.LogEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScreenTests {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now;

    @Test
    void progressWhenNoTerminalIsALineEveryFewSecondsWhereSomethingChanged() {
        Screen screen = new LineScreen(out, () -> now);
        screen.progress(Jobs.running(100, 1, 0, null, null));
        now += Duration.ofSeconds(6).toNanos();
        screen.progress(Jobs.running(100, 2, 0, null, null));
        screen.progress(Jobs.running(100, 3, 0, null, null));
        now += Duration.ofSeconds(6).toNanos();
        screen.progress(Jobs.running(100, 2, 0, null, null));
        screen.progress(Jobs.running(100, 4, 0, null, null));
        assertThat(shown().lines()).containsExactly("digits 2.0% 2/100", "digits 4.0% 4/100");
    }

    @Test
    void everythingWhenNoTerminalHasNoControlCharacters() {
        Screen screen = Screen.on(new Terminal(false, 80, false), out);
        screen.log(new LogEvent(1, Jobs.START, "ERROR", "digits-1", "\u001b[31mred"));
        screen.progress(Jobs.running(100, 1, 0, null, null));
        screen.ended(Jobs.ended(JobStatus.COMPLETED, 100, 0, null));
        assertThat(shown().replace(System.lineSeparator(), "")).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void logWhenOnATerminalComesAboveTheBar() {
        Screen screen = Screen.on(new Terminal(true, 40, false), out);
        screen.progress(Jobs.queued());
        screen.log(new LogEvent(1, Jobs.START, "INFO", "digits-1", "loaded"));
        String bar = BarRenderer.bar(Jobs.queued(), 39);
        assertThat(shown())
                .isEqualTo("\r\u001b[K" + bar + "\r\u001b[K[digits-1] loaded" + System.lineSeparator() + bar);
    }

    @Test
    void progressWhenNothingChangedDrawsNothing() {
        Screen screen = new BarScreen(new Terminal(true, 40, false), out);
        screen.progress(Jobs.queued());
        int before = bytes.size();
        screen.progress(Jobs.queued());
        assertThat(bytes.size()).isEqualTo(before);
    }

    @Test
    void endedWhenOnATerminalLeavesNoBar() {
        Screen screen = new BarScreen(new Terminal(true, 40, false), out);
        screen.progress(Jobs.queued());
        screen.ended(Jobs.ended(JobStatus.COMPLETED, 1, 0, null));
        assertThat(shown()).contains("\r\u001b[Kdigits: completed").endsWith(System.lineSeparator());
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
