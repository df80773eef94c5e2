package dev.modelmill.cli;

import dev.modelmill.job.Job;
import dev.modelmill.job.log.LogEvent;
import java.io.PrintStream;

/** A terminal: a bar in the last line, which is drawn again and again, and the logs above it. */
final class BarScreen implements Screen {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private final PrintStream out;
    private final LogLines lines;
    private String bar = "";

    BarScreen(Terminal terminal, PrintStream out) {
        this.terminal = terminal;
        this.out = out;
        this.lines = new LogLines(terminal.colors());
    }

    @Override
    public void log(LogEvent event) {
        out.print(CLEAR_LINE);
        lines.of(event).forEach(out::println);
        draw();
    }

    @Override
    public void progress(Job job) {
        String next = BarRenderer.bar(job, terminal.columns() - 1);
        if (!next.equals(bar)) {
            bar = next;
            out.print(CLEAR_LINE);
            draw();
        }
    }

    private void draw() {
        out.print(bar);
        out.flush();
    }

    @Override
    public void ended(Job job) {
        bar = "";
        out.print(CLEAR_LINE);
        out.println(BarRenderer.summary(job));
    }
}
