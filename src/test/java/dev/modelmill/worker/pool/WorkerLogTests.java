package dev.modelmill.worker.pool;

import static dev.modelmill.worker.ModelVersionBuilder.aModel;
import static dev.modelmill.worker.pool.PoolsFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.worker.Lease;
import dev.modelmill.worker.ModelUnavailableException;
import dev.modelmill.worker.WorkerContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class WorkerLogTests {

    private static final ModelVersion DIGITS = aModel("digits").build();

    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Recorder recorder = new Recorder();
    private final PoolsFixture fixture = new PoolsFixture(1);

    @BeforeEach
    void record() {
        recorder.start();
        logger.addAppender(recorder);
    }

    @AfterEach
    void close() {
        logger.detachAppender(recorder);
        fixture.close();
    }

    @Test
    void makingIsLoggedByTheWorkerForTheJobThatNeedsIt() {
        fixture.runtime.onLoad(() -> fixture.advance(Duration.ofMillis(214)));
        fixture.share("job-a", DIGITS).claim().close();
        assertThat(recorder.lines)
                .containsExactly(
                        "digits-1 job-a INFO loading model digits:1",
                        "digits-1 job-a INFO loaded in 0.21 s",
                        "digits-1 job-a INFO ready");
    }

    @Test
    void secondWorkerOfALoadedModelIsJustReady() {
        try (PoolsFixture two = new PoolsFixture(2);
                Lease first = two.share("job-a", DIGITS).claim();
                Lease second = two.share("job-b", DIGITS).claim()) {
            assertThat(List.of(first.worker(), second.worker())).containsExactly("digits-1", "digits-2");
            assertThat(recorder.lines).last().isEqualTo("digits-2 job-b INFO ready");
            assertThat(recorder.lines).hasSize(4);
        }
    }

    @Test
    void runHasJobAndWorkerInTheLoggingContextAndNothingIsLeftBehind() throws Exception {
        try (Lease lease = fixture.share("job-a", DIGITS).claim()) {
            assertThat(lease.<Map<String, String>>run(worker -> MDC.getCopyOfContextMap()))
                    .isEqualTo(Map.of(WorkerContext.MDC_JOB, "job-a", WorkerContext.MDC_WORKER, "digits-1"));
        }
        try (Lease lease = fixture.share("job-b", DIGITS).claim()) {
            assertThat(lease.<String>run(worker -> MDC.get(WorkerContext.MDC_JOB)))
                    .isEqualTo("job-b");
        }
        assertThat(MDC.get(WorkerContext.MDC_JOB)).isNull();
    }

    @Test
    void failedLoadIsLoggedForTheJob() {
        fixture.runtime.onLoad(() -> {
            throw new ModelException("model.onnx is cut off");
        });
        assertThatExceptionOfType(ModelUnavailableException.class).isThrownBy(fixture.share("job-a", DIGITS)::claim);
        assertThat(recorder.lines).last().isEqualTo("digits-1 job-a WARN not ready: model.onnx is cut off");
    }

    @Test
    void unloadingIsLogged() {
        fixture.share("job-a", DIGITS).claim().close();
        fixture.advance(PoolsFixture.IDLE_TIMEOUT);
        eventually(() -> assertThat(recorder.lines)
                .last()
                .isEqualTo("main null INFO unloading model digits:1: unused for 600 s"));
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLoggerName().startsWith("dev.modelmill")
                    && event.getLevel().toInt() >= 20_000) {
                lines.add(
                        event.getThreadName() + " " + event.getMDCPropertyMap().get(WorkerContext.MDC_JOB) + " "
                                + event.getLevel() + " " + event.getFormattedMessage());
            }
        }
    }
}
