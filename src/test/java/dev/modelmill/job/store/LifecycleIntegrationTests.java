package dev.modelmill.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.WrongStatusException;
import dev.modelmill.model.repository.ManualClock;
import dev.modelmill.task.Checkpoint;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Cancel, restart, delete and retention of stored jobs, alone and racing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleIntegrationTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final RestartChanges NONE = changes("{}");

    @TempDir
    static Path data;

    private ConfigurableApplicationContext context;
    private StoredJobs jobs;
    private InferenceJobs all;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    @BeforeAll
    void start() {
        context = StoreTestApplication.start(data, "--modelmill.retention=2d");
        jobs = new StoredJobs(context);
        all = context.getBean(InferenceJobs.class);
    }

    @AfterAll
    void stop() {
        threads.shutdown();
        context.close();
    }

    private static RestartChanges changes(String json) {
        return new RestartChanges((ObjectNode) JSON.readTree(json));
    }

    @Test
    void cancelWhenQueuedIsOnTheDiskWhenItReturns() throws Exception {
        JobId id = jobs.queued();
        assertThat(all.cancel(id).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(jobs.papers.cancelled(jobs.folder.job(id), 0)).isTrue();
        assertThat(jobs.papers.ending(jobs.folder.job(id), 0)).isPresent();
    }

    @Test
    void cancelWhenRunningIsMarkedAndTold() throws Exception {
        JobId id = jobs.running();
        assertThat(all.cancel(id).status()).isEqualTo(JobStatus.CANCELLING);
        assertThat(all.cancel(id).status()).isEqualTo(JobStatus.CANCELLING);
        assertThat(jobs.papers.cancelled(jobs.folder.job(id), 0)).isTrue();
        assertThat(told(id)).hasSize(2).containsOnly(new JobEvent.JobCancelling(id));
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED"})
    void cancelWhenEndedChangesNothing(JobStatus status) throws Exception {
        JobId id = jobs.ended(status);
        assertThat(all.cancel(id).status()).isEqualTo(status);
        assertThat(jobs.folder.job(id).cancelMark()).doesNotExist();
    }

    @Test
    void cancelWhenItRacesWithTheEndLeavesAMarkOnlyOfWhatItCancelled() throws Exception {
        for (int i = 0; i < 40; i++) {
            JobId id = jobs.running();
            race(2, thread -> thread == 0 ? all.cancel(id) : end(id));
            JobStatus status = jobs.row(id).status();
            assertThat(status).isIn(JobStatus.COMPLETED, JobStatus.CANCELLING);
            if (status == JobStatus.CANCELLING) {
                assertThat(jobs.papers.cancelled(jobs.folder.job(id), 0)).isTrue();
            } else {
                assertThat(jobs.papers.ending(jobs.folder.job(id), 0)).isPresent();
            }
        }
    }

    private JobStatus end(JobId id) {
        boolean ended = jobs.rows.end(id, List.of(JobStatus.RUNNING), JobStatus.COMPLETED, null, null);
        jobs.endings.write(id);
        return ended ? JobStatus.COMPLETED : JobStatus.CANCELLING;
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "CANCELLED"})
    void restartWhenFailedOrCancelledGoesOnWhereItStopped(JobStatus status) throws Exception {
        JobId id = jobs.ended(status);
        List<Partition> partitions = jobs.partitions.all(id);
        Job again = all.restart(id, changes("{\"workers\":7,\"priority\":9,\"maxErrors\":\"3%\"}"));
        assertThat(again.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(again.restarts()).isEqualTo(1);
        assertThat(again.finishedAt()).isNull();
        assertThat(again.error()).isNull();
        assertThat(again.priority()).isEqualTo(9);
        assertThat(again.progress().succeeded()).isEqualTo(1);
        assertThat(again.request()).contains("\"workers\":7", "\"priority\":9", "\"maxErrors\":\"3%\"", "labels");
        assertThat(jobs.partitions.all(id)).isEqualTo(partitions);
        JobFolder home = jobs.folder.job(id);
        assertThat(jobs.papers.description(home).orElseThrow()).isEqualTo(JobDescription.of(jobs.row(id), null));
        assertThat(home.ending()).doesNotExist();
        assertThat(home.cancelMark()).doesNotExist();
        assertThat(told(id)).containsExactly(new JobEvent.JobQueued(id));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "RUNNING", "COMPLETED", "COMPLETED_WITH_ERRORS"})
    void restartWhenTheStatusForbidsItNamesIt(JobStatus status) throws Exception {
        JobId id = status == JobStatus.QUEUED
                ? jobs.queued()
                : status == JobStatus.RUNNING ? jobs.running() : jobs.ended(status);
        assertThatThrownBy(() -> all.restart(id, NONE))
                .isInstanceOf(WrongStatusException.class)
                .hasMessageContaining(status.name());
        assertThat(jobs.row(id).restarts()).isZero();
    }

    @Test
    void restartWhenEightRaceHappensOnce() throws Exception {
        for (int i = 0; i < 10; i++) {
            JobId id = jobs.ended(JobStatus.FAILED);
            List<Object> outcomes = race(8, thread -> all.restart(id, NONE));
            assertThat(outcomes.stream().filter(Job.class::isInstance)).hasSize(1);
            assertThat(outcomes.stream().filter(WrongStatusException.class::isInstance))
                    .hasSize(7);
            assertThat(jobs.row(id).restarts()).isEqualTo(1);
        }
    }

    @Test
    void restartWhenTheInputChangedBeforeAnyTaskWasFinishedTakesTheNewOne() throws Exception {
        Path file = Files.writeString(data.resolve("tasks.jsonl"), "{}\n");
        JobId id = jobs.queuedOf(file);
        jobs.begin(id);
        jobs.end(id, JobStatus.FAILED);
        Files.writeString(file, "{}\n{}\n");
        Files.writeString(jobs.folder.job(id).plainInput(), "old");
        Job again = all.restart(id, NONE);
        assertThat(again.progress().total()).isNull();
        assertThat(jobs.partitions.all(id)).isEmpty();
        assertThat(jobs.row(id).input().size()).isEqualTo(6);
        assertThat(jobs.folder.job(id).plainInput()).doesNotExist();
    }

    @Test
    void restartWhenTheInputChangedAfterATaskWasFinishedKeepsTheOldOne() throws Exception {
        Path file = Files.writeString(data.resolve("more.jsonl"), "{}\n");
        JobId id = jobs.queuedOf(file);
        jobs.begin(id);
        commitHalfOfTheFirst(id);
        jobs.end(id, JobStatus.FAILED);
        Files.writeString(file, "{}\n{}\n");
        all.restart(id, NONE);
        assertThat(jobs.row(id).input().size()).isEqualTo(3);
        assertThat(jobs.partitions.all(id)).hasSize(2);
        assertThat(jobs.partitions.totals(id).succeeded()).isEqualTo(1);
    }

    @Test
    void endWhenAnUnfinishedPartIsNotWhatWasCommittedForgetsIt() throws Exception {
        JobId id = jobs.queued();
        jobs.begin(id);
        Path part = commitHalfOfTheFirst(id);
        Files.writeString(part, "line?");
        jobs.end(id, JobStatus.CANCELLED);
        assertThat(jobs.partitions.totals(id).succeeded()).isZero();
        assertThat(all.get(id).progress().readable()).isZero();
    }

    /** One task of the first partition is committed, whose line is in a part file. */
    private Path commitHalfOfTheFirst(JobId id) throws Exception {
        Path part = Files.writeString(jobs.folder.job(id).parts().resolve("00000.1.results"), "line\n");
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(part));
        jobs.partitions.begin(id, 0);
        jobs.partitions.commit(
                id,
                0,
                1,
                "iris-1",
                Partition.State.RUNNING,
                new Checkpoint(1, 3, 1, 7, 1, 0, 0, 5, (int) crc.getValue(), 0, 0));
        return part;
    }

    @Test
    void cancelWhenTheRowCannotBeMovedLeavesNoMark() throws Exception {
        JobId id = jobs.queued();
        JdbcTemplate database = context.getBean(JdbcTemplate.class);
        database.execute("ALTER TABLE job ADD CONSTRAINT stuck CHECK (status <> 'CANCELLED' OR id <> '" + id + "')");
        try {
            assertThatThrownBy(() -> all.cancel(id)).isInstanceOf(DataIntegrityViolationException.class);
        } finally {
            database.execute("ALTER TABLE job DROP CONSTRAINT stuck");
        }
        assertThat(jobs.papers.cancelled(jobs.folder.job(id), 0)).isFalse();
        assertThat(jobs.row(id).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void restartWhenItIsRefusedHalfWayLeavesTheFolderAsItWas() throws Exception {
        JobId id = jobs.ended(JobStatus.FAILED);
        Path ending = jobs.folder.job(id).ending();
        Files.delete(ending);
        Files.createDirectories(ending.resolve("in the way"));
        assertThatThrownBy(() -> all.restart(id, NONE)).isInstanceOf(UncheckedIOException.class);
        assertThat(jobs.row(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(jobs.papers.description(jobs.folder.job(id)).orElseThrow().restarts())
                .isZero();
    }

    @Test
    void resumeBlamesOnlyAJobThatIsTriedAlone() throws Exception {
        JobId id = jobs.running();
        assertThat(jobs.rows.resume(id, false)).isTrue();
        assertThat(jobs.row(id).unprovenRuns()).isEqualTo(1);
        assertThat(jobs.rows.resume(id, true)).isTrue();
        assertThat(jobs.row(id).unprovenRuns()).isEqualTo(2);
        jobs.rows.proven(id);
        assertThat(jobs.row(id).unprovenRuns()).isZero();
    }

    @Test
    void deleteWhenThreadsStillRunWaitsForThem() throws Exception {
        JobId id = jobs.ended(JobStatus.COMPLETED);
        RunningJobs running = context.getBean(RunningJobs.class);
        RunningJob live = running.enter(id);
        Future<?> deletion = threads.submit(() -> all.delete(id));
        assertThatThrownBy(() -> deletion.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(jobs.folder.job(id).exists()).isTrue();
        running.leave(live);
        deletion.get(30, TimeUnit.SECONDS);
        assertThat(jobs.folder.job(id).exists()).isFalse();
        assertThat(jobs.rows.find(id)).isEmpty();
    }

    @Test
    void deleteWhenItRacesWithARestartGivesOneOfThem() throws Exception {
        for (int i = 0; i < 20; i++) {
            JobId id = jobs.ended(JobStatus.CANCELLED);
            List<Object> outcomes = race(2, thread -> {
                if (thread == 0) {
                    all.delete(id);
                    return "deleted";
                }
                return all.restart(id, NONE);
            });
            if (outcomes.get(0).equals("deleted")) {
                assertThat(outcomes.get(1)).isInstanceOf(NoSuchJobException.class);
                assertThat(jobs.rows.find(id)).isEmpty();
            } else {
                assertThat(outcomes.get(0)).isInstanceOf(WrongStatusException.class);
                assertThat(jobs.row(id).status()).isEqualTo(JobStatus.QUEUED);
            }
            assertThat(jobs.folder.job(id).exists())
                    .isEqualTo(jobs.rows.find(id).isPresent());
        }
    }

    @Test
    void takeBackWhenTheRowIsThereAfterAllForgetsIt() throws Exception {
        JobId id = jobs.queued();
        Deletion deletion = context.getBean(Deletion.class);
        deletion.takeBack(id);
        assertThat(jobs.folder.job(id).exists()).isFalse();
        deletion.finishAll();
        assertThat(jobs.rows.find(id)).isEmpty();
        assertThat(data.resolve("jobs")).isDirectoryNotContaining("glob:**" + id + "*");
    }

    @Test
    void deleteOldWhenTheTimeHasComeDeletesWhatEndedAndNothingElse() throws Exception {
        JobId queued = jobs.queued();
        JobId old = jobs.ended(JobStatus.COMPLETED);
        ManualClock clock = context.getBean(ManualClock.class);
        Retention retention = context.getBean(Retention.class);
        clock.advance(Duration.ofDays(1));
        JobId young = jobs.ended(JobStatus.FAILED);
        clock.advance(Duration.ofDays(1));
        retention.deleteOld();
        assertThat(jobs.rows.find(old)).isPresent();
        clock.advance(Duration.ofMillis(1));
        retention.deleteOld();
        assertThat(jobs.rows.find(old)).isEmpty();
        assertThat(jobs.folder.job(old).exists()).isFalse();
        assertThat(jobs.rows.find(young)).isPresent();
        assertThat(jobs.rows.find(queued)).isPresent();
    }

    private List<JobEvent> told(JobId id) {
        return context.getBean(StoreTestApplication.Told.class).events().stream()
                .filter(event -> event.id().equals(id))
                .toList();
    }

    /** What each of some threads that start together gives, or why it failed. */
    private List<Object> race(int count, IntFunction<Object> action) throws Exception {
        CyclicBarrier together = new CyclicBarrier(count);
        List<Future<Object>> racing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thread = i;
            racing.add(threads.submit(() -> {
                together.await(30, TimeUnit.SECONDS);
                try {
                    return action.apply(thread);
                } catch (RuntimeException e) {
                    return e;
                }
            }));
        }
        List<Object> outcomes = new ArrayList<>();
        for (Future<Object> each : racing) {
            outcomes.add(each.get(60, TimeUnit.SECONDS));
        }
        return outcomes;
    }
}
