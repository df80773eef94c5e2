package dev.modelmill.job.owner;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the service does not own what it needs, in place of a stack trace. */
final class NotOwnerAnalyzer extends AbstractFailureAnalyzer<NotOwnerException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, NotOwnerException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), failure);
    }
}
