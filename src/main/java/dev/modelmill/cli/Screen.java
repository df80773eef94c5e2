package dev.modelmill.cli;

import dev.modelmill.job.Job;
import dev.modelmill.job.log.LogEvent;
import java.io.PrintStream;

/** Where a user sees a job go on. Confined to one thread. */
interface Screen {

    /** Shows nothing. */
    Screen NONE = new Screen() {
        @Override
        public void log(LogEvent event) {}

        @Override
        public void progress(Job job) {}

        @Override
        public void ended(Job job) {}
    };

    /** A bar on a terminal, plain lines elsewhere. */
    static Screen on(Terminal terminal, PrintStream out) {
        return terminal.interactive() ? new BarScreen(terminal, out) : new LineScreen(out, System::nanoTime);
    }

    /** Something was logged for the job. */
    void log(LogEvent event);

    /** The job is so far. */
    void progress(Job job);

    /** The job has ended. */
    void ended(Job job);
}
