package dev.modelmill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelmill.job.log.LogEvent;
import org.junit.jupiter.api.Test;

class LogLinesTests {

    @Test
    void ofWhenAMessageHasLinesPrefixesEach() {
        assertThat(new LogLines(false).of(event("INFO", "a\nb"))).containsExactly("[digits-1] a", "[digits-1] b");
    }

    @Test
    void ofWhenAMessageHasControlCharactersDropsThem() {
        assertThat(new LogLines(true).of(event("INFO", "\u001b[2Ja\u0007\tb\u009b")))
                .containsExactly("[digits-1] [2Ja b");
    }

    @Test
    void ofWhenSevereNamesTheLevel() {
        assertThat(new LogLines(false).of(event("ERROR", "no"))).containsExactly("[digits-1] ERROR no");
    }

    @Test
    void ofWhenColorsAreWantedColorsWhatIsSevereOnly() {
        LogLines lines = new LogLines(true);
        assertThat(lines.of(event("WARN", "hm"))).containsExactly("\u001b[33m[digits-1] WARN hm\u001b[0m");
        assertThat(lines.of(event("INFO", "ok"))).containsExactly("[digits-1] ok");
    }

    private static LogEvent event(String level, String message) {
        return new LogEvent(1, Jobs.START, level, "digits-1", message);
    }
}
