package dev.modelmill.cli;

import dev.modelmill.job.Job;
import dev.modelmill.job.log.LogCursor;
import dev.modelmill.job.log.LogLine;
import java.util.List;
import java.util.function.Supplier;

/** Shows a job on a screen until it has ended; an interruption cancels it. Confined to one thread. */
final class JobFollower {

    private static final int LINES = 1000;
    private static final long POLL_MILLIS = 100;

    private final Supplier<Job> job;
    private final Runnable cancel;
    private final LogCursor log;
    private final Screen screen;
    private final Interruption interruption;
    private boolean cancelled;

    JobFollower(Supplier<Job> job, Runnable cancel, LogCursor log, Screen screen, Interruption interruption) {
        this.job = job;
        this.cancel = cancel;
        this.log = log;
        this.screen = screen;
        this.interruption = interruption;
    }

    /**
     * Blocks until the job has ended.
     *
     * @return the ended job
     */
    Job follow() {
        while (true) {
            cancelIfAsked();
            Job now = job.get();
            showLog();
            if (now.status().ended()) {
                screen.ended(now);
                return now;
            }
            screen.progress(now);
            waitAWhile();
        }
    }

    private void cancelIfAsked() {
        if (interruption.asked() && !cancelled) {
            cancelled = true;
            cancel.run();
        }
    }

    private void showLog() {
        for (List<LogLine> lines = log.read(LINES); !lines.isEmpty(); lines = log.read(LINES)) {
            lines.forEach(line -> screen.log(line.event()));
        }
    }

    private void waitAWhile() {
        try {
            interruption.await(POLL_MILLIS);
        } catch (InterruptedException e) {
            interruption.ask();
        }
    }
}
