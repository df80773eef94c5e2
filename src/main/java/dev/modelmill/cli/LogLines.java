package dev.modelmill.cli;

import dev.modelmill.job.log.LogEvent;
import java.util.List;

/** A log event as lines of text: {@code [digits-1] loaded in 0.2 s}. Immutable. */
final class LogLines {

    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RESET = "\u001b[0m";

    private final boolean colors;

    LogLines(boolean colors) {
        this.colors = colors;
    }

    /** One line for each of the message's, without control characters; a level is named from WARN on. */
    List<String> of(LogEvent event) {
        boolean severe = event.level().equals("WARN") || event.level().equals("ERROR");
        String prefix = "[" + clean(event.worker()) + "] " + (severe ? event.level() + " " : "");
        return event.message()
                .lines()
                .map(line -> colored(event.level(), prefix + clean(line)))
                .toList();
    }

    private static String clean(String text) {
        return text.replace('\t', ' ').replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "");
    }

    private String colored(String level, String line) {
        if (!colors) {
            return line;
        }
        return switch (level) {
            case "ERROR" -> RED + line + RESET;
            case "WARN" -> YELLOW + line + RESET;
            default -> line;
        };
    }
}
