package dev.modelmill.job.log;

/** Hears of news in the logs; called on the thread that logs, so it must be quick and never throw or log. */
public interface LogListener {

    /**
     * An event was logged for a job; it can be read, unless the log has its greatest size.
     *
     * @param level the event's level
     */
    void appended(String jobId, String level);
}
