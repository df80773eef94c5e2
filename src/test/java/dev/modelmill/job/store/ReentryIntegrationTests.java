package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What a start makes of rows and folders that a crash, or a database that is lost, has left apart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReentryIntegrationTests {

    @TempDir
    static Path data;

    private ConfigurableApplicationContext context;
    private StoredJobs jobs;
    private Reentry reentry;

    @BeforeAll
    void start() {
        context = StoreTestApplication.start(data);
        jobs = new StoredJobs(context);
        reentry = context.getBean(Reentry.class);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    @Test
    void runWhenARowIsLostEntersTheJobAgain() throws Exception {
        JobId id = jobs.queued("key-1");
        StoredJob before = jobs.row(id);
        jobs.promises.forget(id);
        reentry.run();
        reentry.run();
        assertThat(jobs.row(id)).isEqualTo(before);
        assertThat(jobs.promises.findByKey("key-1").orElseThrow().id()).isEqualTo(id);
    }

    @Test
    void runWhenTheRowOfARunningJobIsLostBeginsItAnew() throws Exception {
        JobId id = jobs.running();
        jobs.promises.forget(id);
        reentry.run();
        assertThat(jobs.row(id).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(jobs.partitions.all(id)).isEmpty();
        assertThat(jobs.folder.job(id).parts()).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "CANCELLED"})
    void runWhenTheRowsOfAnEndedJobAreLostRestoresThem(JobStatus status) throws Exception {
        JobId id = jobs.ended(status);
        StoredJob before = jobs.row(id);
        List<Partition> partitions = jobs.partitions.all(id);
        jobs.promises.forget(id);
        reentry.run();
        assertThat(jobs.row(id)).isEqualTo(before);
        assertThat(jobs.partitions.all(id)).isEqualTo(partitions).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"status\":\"COMPLETED\",\"resta", "{}", "{\"status\":\"RUNNING\",\"restarts\":0}", "[1]"})
    void runWhenTheEndIsBrokenRunsTheJobAgain(String end) throws Exception {
        JobId id = jobs.ended(JobStatus.COMPLETED);
        Files.writeString(jobs.folder.job(id).ending(), end);
        jobs.promises.forget(id);
        reentry.run();
        assertThat(jobs.row(id).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void runWhenTheDatabaseHasForgottenAnEndRestoresIt() throws Exception {
        JobId id = jobs.ended(JobStatus.COMPLETED);
        StoredJob ended = jobs.row(id);
        List<Partition> partitions = jobs.partitions.all(id);
        jobs.promises.forget(id);
        jobs.rows.insert(JobDescription.of(ended, null).queued(context.getBean(JsonMapper.class)));
        jobs.begin(id);
        reentry.run();
        assertThat(jobs.row(id)).isEqualTo(ended);
        assertThat(jobs.partitions.all(id)).isEqualTo(partitions);
    }

    @Test
    void runWhenAnEndWasNotWrittenWritesIt() throws Exception {
        JobId id = jobs.ended(JobStatus.FAILED);
        Files.delete(jobs.folder.job(id).ending());
        reentry.run();
        assertThat(jobs.papers.ending(jobs.folder.job(id), 0).orElseThrow())
                .isEqualTo(JobEnding.of(jobs.row(id), jobs.partitions.all(id)));
    }

    @Test
    void runWhenACancellationHasNoRowYetCancels() throws Exception {
        JobId waiting = jobs.queued();
        JobId running = jobs.running();
        JobId lost = jobs.queued();
        for (JobId id : List.of(waiting, running, lost)) {
            jobs.papers.markCancelled(jobs.folder.job(id), 0);
        }
        jobs.promises.forget(lost);
        reentry.run();
        for (JobId id : List.of(waiting, running, lost)) {
            assertThat(jobs.row(id).status()).isEqualTo(JobStatus.CANCELLED);
            assertThat(jobs.papers.ending(jobs.folder.job(id), 0)).isPresent();
        }
    }

    @Test
    void runWhenTheMarkIsOfBeforeARestartLeavesTheJob() throws Exception {
        JobId id = jobs.ended(JobStatus.CANCELLED);
        jobs.papers.markCancelled(jobs.folder.job(id), 0);
        assertThat(jobs.promises.restart(restarted(id), List.of(JobStatus.CANCELLED)))
                .isTrue();
        reentry.run();
        assertThat(jobs.row(id).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(jobs.row(id).restarts()).isEqualTo(1);
    }

    @Test
    void runWhenOnlyTheDescriptionCountsARestartFinishesIt() throws Exception {
        JobId id = jobs.ended(JobStatus.FAILED);
        StoredJob again = restarted(id);
        jobs.papers.describe(jobs.folder.job(id), JobDescription.of(again, null));
        reentry.run();
        assertThat(jobs.row(id)).isEqualTo(again);
        assertThat(jobs.partitions.all(id)).hasSize(2);
    }

    private StoredJob restarted(JobId id) {
        StoredJob job = jobs.row(id);
        return RestartChanges.again(
                job, "{\"model\":\"iris\",\"workers\":3}", job.input(), 1, context.getBean(JsonMapper.class));
    }

    @Test
    void runWhenADeletionWasInterruptedFinishesIt() throws Exception {
        JobId both = jobs.ended(JobStatus.COMPLETED);
        JobId filesOnly = jobs.ended(JobStatus.COMPLETED);
        JobId rowOnly = jobs.ended(JobStatus.COMPLETED);
        JobId neverTakenIn = jobs.queued();
        for (JobId id : List.of(both, filesOnly, rowOnly, neverTakenIn)) {
            jobs.folder.hide(id);
        }
        jobs.promises.forget(filesOnly);
        jobs.folder.removeHidden(rowOnly);
        reentry.run();
        for (JobId id : List.of(both, filesOnly, rowOnly, neverTakenIn)) {
            assertThat(jobs.rows.find(id)).isEmpty();
            assertThat(data.resolve("jobs")).isDirectoryNotContaining("glob:**" + id + "*");
        }
    }

    @Test
    void runWhenSomethingIsNoJobReportsItOnceAndLeavesIt() throws Exception {
        Path stranger = Files.createDirectories(data.resolve("jobs/lost+found"));
        JobId empty = jobs.queued();
        Files.delete(jobs.folder.job(empty).description());
        jobs.promises.forget(empty);
        JobId broken = jobs.queued();
        Files.writeString(jobs.folder.job(broken).description(), "{\"id\":\"" + broken + "\",\"mod");
        jobs.promises.forget(broken);
        JobId odd = jobs.queued();
        Files.writeString(
                jobs.folder.job(odd).description(),
                Files.readString(jobs.folder.job(odd).description()).replace("\"iris\"", "\"" + "x".repeat(65) + "\""));
        jobs.promises.forget(odd);
        List<String> warnings = warningsOf(reentry::run);
        assertThat(stranger).isDirectory();
        assertThat(warnings).filteredOn(line -> line.contains("lost+found")).hasSize(1);
        for (JobId id : List.of(empty, broken, odd)) {
            assertThat(jobs.rows.find(id)).isEmpty();
            assertThat(jobs.folder.job(id).exists()).isTrue();
            assertThat(warnings).filteredOn(line -> line.contains(id.value())).hasSize(1);
        }
        for (Path each : List.of(
                stranger,
                jobs.folder.job(empty).path(),
                jobs.folder.job(broken).path(),
                jobs.folder.job(odd).path())) {
            DataFolder.removeTree(each);
        }
    }

    /** What is logged at WARN while something is done. */
    private static List<String> warningsOf(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(Reentry.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void runWhenAKeyBelongsToAnotherJobEntersTheJobWithoutIt() throws Exception {
        JobId lost = jobs.queued("key-2");
        jobs.promises.forget(lost);
        JobId holder = jobs.queued("key-2");
        reentry.run();
        assertThat(jobs.row(lost).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(jobs.promises.findByKey("key-2").orElseThrow().id()).isEqualTo(holder);
    }

    @Test
    void runEmptiesWhatWasArriving() throws Exception {
        Files.writeString(jobs.folder.incoming().resolve("half.staged"), "x");
        Files.createDirectories(jobs.folder.incoming().resolve("half/parts"));
        reentry.run();
        assertThat(jobs.folder.incoming()).isEmptyDirectory();
    }
}
