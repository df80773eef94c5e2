package dev.modelmill.job.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Tests of {@link WorkerLogAppender} on the real root logger. */
class WorkerLogAppenderTests {

    private static final Logger LOG = LoggerFactory.getLogger("some.library");

    @TempDir
    private Path folder;

    private final EventLogs logs = new EventLogs(1 << 20, Clock.systemUTC());
    private final WorkerLogAppender appender = new WorkerLogAppender(logs);
    private final ListAppender<ILoggingEvent> service = new ListAppender<>();

    @BeforeEach
    void attach() {
        service.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        service.start();
        root().addAppender(service);
        appender.attach();
        logs.open("job", folder, 1);
        MDC.put(WorkerLogAppender.JOB, "job");
        MDC.put(WorkerLogAppender.WORKER, "digits-1");
    }

    @AfterEach
    void detach() {
        MDC.clear();
        appender.detach();
        root().detachAppender(service);
        logs.close();
    }

    @Test
    void appendTakesWhatIsLoggedForTheJob() {
        LOG.warn("epoch {} of {}", 1, 2);
        LOG.error("bad");
        assertThat(events()).extracting(LogEvent::message).containsExactly("epoch 1 of 2", "bad");
        assertThat(events()).extracting(LogEvent::level).containsExactly("WARN", "ERROR");
        assertThat(events()).extracting(LogEvent::worker).containsOnly("digits-1");
    }

    @Test
    void appendWhenWorkerOrJobIsMissingOrUnknownTakesNothing() {
        MDC.remove(WorkerLogAppender.WORKER);
        LOG.info("no worker");
        MDC.put(WorkerLogAppender.WORKER, "digits-1");
        MDC.remove(WorkerLogAppender.JOB);
        LOG.info("no job");
        MDC.put(WorkerLogAppender.JOB, "another");
        LOG.info("a job without a log");
        assertThat(events()).isEmpty();
        assertThat(appender.lost()).isZero();
    }

    @Test
    void appendWhenThrowableSaysItsClassMessageAndAFewFrames() {
        LOG.error("failed", new IllegalStateException("outer", new IllegalArgumentException()));
        String message = events().get(0).message();
        assertThat(message)
                .startsWith("failed\njava.lang.IllegalStateException: outer\n    at dev.modelmill.job.log.Worker")
                .contains("\ncaused by java.lang.IllegalArgumentException\n    at ")
                .contains("more");
        assertThat(message.lines()).hasSizeLessThan(20);
    }

    @Test
    void appendWhenAnArgumentLogsDoesNotRecurse() {
        Object logging = new Object() {
            @Override
            public String toString() {
                LOG.info("inner");
                return "argument";
            }
        };
        LOG.info("outer {}", logging);
        assertThat(events()).extracting(LogEvent::message).contains("outer argument");
    }

    @Test
    void appendWhenTheLogCanNotBeWrittenCountsAndWarnsOnce() {
        EventLogs broken = new EventLogs(1 << 20, Clock.systemUTC());
        EventLog log = broken.open("job", folder, 2);
        broken.addListener((jobId, level) -> {
            throw new IllegalStateException("broken");
        });
        WorkerLogAppender other = new WorkerLogAppender(broken);
        other.attach();
        try {
            assertThatCode(() -> {
                        LOG.info("one");
                        LOG.info("two");
                    })
                    .doesNotThrowAnyException();
            assertThat(other.lost()).isEqualTo(2);
            assertThat(warnings()).hasSize(1);
            assertThat(log.size()).isEqualTo(2);
        } finally {
            other.detach();
            broken.close();
        }
    }

    @Test
    void detachIsSafeTwiceAndEndsIt() {
        appender.detach();
        appender.detach();
        new WorkerLogAppender(logs).detach();
        LOG.info("unheard");
        assertThat(events()).isEmpty();
    }

    private List<ILoggingEvent> warnings() {
        return service.list.stream()
                .filter(event -> event.getLoggerName().equals(WorkerLogAppender.class.getName()))
                .toList();
    }

    private List<LogEvent> events() {
        return logs.find("job", folder).after(0).read(100).stream()
                .map(LogLine::event)
                .toList();
    }

    private static ch.qos.logback.classic.Logger root() {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
