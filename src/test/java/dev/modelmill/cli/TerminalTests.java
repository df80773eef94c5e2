package dev.modelmill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTests {

    @Test
    void ofWhenToldOfATerminalDrawsInColor() {
        assertThat(Terminal.of(told("true", "120"), Map.of("TERM", "xterm"), false))
                .isEqualTo(new Terminal(true, 120, true));
    }

    @Test
    void ofWhenNoColorIsSetHasNone() {
        assertThat(Terminal.of(told("true", "120"), Map.of("TERM", "xterm", "NO_COLOR", "1"), false))
                .isEqualTo(new Terminal(true, 120, false));
    }

    @Test
    void ofWhenTheTerminalIsDumbOrNoneDrawsNothing() {
        assertThat(Terminal.of(told("true", "120"), Map.of("TERM", "dumb"), true)
                        .interactive())
                .isFalse();
        assertThat(Terminal.of(told("false", "120"), Map.of("TERM", "xterm"), true)
                        .interactive())
                .isFalse();
    }

    @Test
    void ofWhenNothingIsToldGoesByTheDevice() {
        assertThat(Terminal.of(new Properties(), Map.of("TERM", "xterm"), true))
                .isEqualTo(new Terminal(true, 80, true));
    }

    @Test
    void ofWhenColumnsAreNonsenseTakesTheUsual() {
        assertThat(Terminal.of(told("true", "wide"), Map.of(), true).columns()).isEqualTo(80);
        assertThat(Terminal.of(told("true", "3"), Map.of(), true).columns()).isEqualTo(20);
    }

    private static Properties told(String terminal, String columns) {
        Properties told = new Properties();
        told.setProperty("modelmill.terminal", terminal);
        told.setProperty("modelmill.columns", columns);
        return told;
    }
}
