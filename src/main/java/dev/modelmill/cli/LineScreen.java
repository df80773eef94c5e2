package dev.modelmill.cli;

import dev.modelmill.job.Job;
import dev.modelmill.job.log.LogEvent;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Anything but a terminal: plain lines, one of progress every few seconds where there was any. */
final class LineScreen implements Screen {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final LogLines lines = new LogLines(false);
    private long lastTime;
    private String last = "";

    LineScreen(PrintStream out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.lastTime = nanoTime.getAsLong();
    }

    @Override
    public void log(LogEvent event) {
        lines.of(event).forEach(out::println);
    }

    @Override
    public void progress(Job job) {
        long now = nanoTime.getAsLong();
        String counts = BarRenderer.counts(job);
        if (now - lastTime >= PAUSE && !counts.equals(last)) {
            lastTime = now;
            last = counts;
            out.println(BarRenderer.line(job));
        }
    }

    @Override
    public void ended(Job job) {
        out.println(BarRenderer.summary(job));
    }
}
