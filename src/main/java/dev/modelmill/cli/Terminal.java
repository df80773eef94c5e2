package dev.modelmill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * What stderr is connected to.
 *
 * @param interactive whether it is a terminal that can draw a line anew
 * @param columns how wide it is
 * @param colors whether colors are wanted
 */
record Terminal(boolean interactive, int columns, boolean colors) {

    private static final int USUAL_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 20;

    /** The one of this process. The script {@code modelmill} tells what it is, since Java 17 can't. */
    static Terminal ofThisProcess() {
        return of(System.getProperties(), System.getenv(), isTerminalByLink());
    }

    static Terminal of(Properties told, Map<String, String> environment, boolean otherwise) {
        boolean terminal = Boolean.parseBoolean(told.getProperty("modelmill.terminal", String.valueOf(otherwise)));
        boolean interactive =
                terminal && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colors = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(interactive, columns(told, environment), colors);
    }

    private static int columns(Properties told, Map<String, String> environment) {
        String text = told.getProperty("modelmill.columns", environment.getOrDefault("COLUMNS", ""));
        if (!text.matches("[1-9][0-9]{0,3}")) {
            return USUAL_COLUMNS;
        }
        return Math.max(LEAST_COLUMNS, Integer.parseInt(text));
    }

    private static boolean isTerminalByLink() {
        try {
            Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
            return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException noSuchLink) {
            return false;
        }
    }
}
