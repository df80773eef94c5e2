package dev.modelmill.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.modelmill.job.log.WorkerLogAppender;

/** Keeps what workers log for a job off the console of a run: it is shown from the job's event log. */
public final class WorkerLogFilter extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean shown = event.getMDCPropertyMap().containsKey(WorkerLogAppender.JOB)
                && event.getMDCPropertyMap().containsKey(WorkerLogAppender.WORKER);
        return shown ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
