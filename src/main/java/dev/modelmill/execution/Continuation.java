package dev.modelmill.execution;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.RunningJob;
import dev.modelmill.job.store.RunningJobs;
import dev.modelmill.job.store.StoredJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Goes on with jobs whose run broke off: with the service, which may have died of one of them, or with the database.
 *
 * <p>A job that was running when the service died, and had committed nothing in that run, is under suspicion. Suspects go
 * first, one at a time, and until one of them has committed something nothing else is started; so a second death tells
 * which it was. After three such deaths a job fails as {@code crash_loop}. A suspect that has committed nothing for too long
 * goes on, others begin beside it, and what happens then is laid at nobody's door. Used by the dispatcher's thread.
 */
@Component
class Continuation {

    private static final Logger log = LoggerFactory.getLogger(Continuation.class);
    private static final int MOST_RUNS = 3;
    private static final Set<JobStatus> BEGUN = Set.of(JobStatus.RUNNING, JobStatus.CANCELLING);

    /** Of those that are as suspect, what has been tried least: what is slow must not keep the culprit from its trial. */
    private static final Comparator<StoredJob> MOST_SUSPECT_FIRST = Comparator.comparingInt(StoredJob::unprovenRuns)
            .reversed()
            .thenComparingInt(StoredJob::trials)
            .thenComparing(StoredJob::id);

    private final JobRows rows;
    private final RunningJobs running;
    private final JobLauncher launcher;
    private final JobEnds ends;
    private final Set<JobId> ofTheDead = new HashSet<>();
    private final TrialTime trialTime;
    private @Nullable Trial trial;

    Continuation(JobRows rows, RunningJobs running, JobLauncher launcher, JobEnds ends, TrialTime trialTime) {
        this.rows = rows;
        this.running = running;
        this.launcher = launcher;
        this.ends = ends;
        this.trialTime = trialTime;
    }

    /** Notes which jobs were running when the service ended. Used once, before any job runs. */
    void begin() {
        brokenOff().forEach(job -> ofTheDead.add(job.id()));
    }

    /**
     * Goes on with whatever may go on now. What only is to end does not wait for a suspect.
     *
     * @param active whether runs may begin
     * @return whether other jobs may begin: not while one is under suspicion
     */
    boolean goOn(BooleanSupplier active) {
        List<StoredJob> left = new ArrayList<>(brokenOff());
        ends.catchUp(id -> running.find(id).isEmpty());
        left.removeIf(this::ended);
        if (isWaiting()) {
            return false;
        }
        endTrial();
        for (StoredJob job : left) {
            if (trial != null || !active.getAsBoolean()) {
                return false;
            }
            resume(job);
        }
        return trial == null;
    }

    /** Whether a suspect is running, has not yet committed anything, and is still to be waited for. */
    boolean isWaiting() {
        return trial != null && isUnderWay(trial.job()) && !trial.isOver(System.nanoTime());
    }

    /** Where it told nothing, it is counted no more, durably, before anything begins beside it. */
    private void endTrial() {
        if (trial != null && isUnderWay(trial.job())) {
            rows.notAlone(trial.job().id());
            log.info(
                    "job {} has committed nothing yet; others go on beside it",
                    trial.job().id());
        }
        trial = null;
    }

    private boolean isUnderWay(RunningJob job) {
        return !job.proven() && running.find(job.id()).orElse(null) == job;
    }

    private List<StoredJob> brokenOff() {
        return rows.inStatus(BEGUN, Integer.MAX_VALUE).stream()
                .filter(job -> running.find(job.id()).isEmpty())
                .sorted(MOST_SUSPECT_FIRST)
                .toList();
    }

    /** Ends a job that shall not run again. False where it shall. */
    private boolean ended(StoredJob job) {
        JobError owed = ends.owed(job.id()).orElse(null);
        if (job.status() == JobStatus.CANCELLING) {
            ends.cancel(job.id());
        } else if (owed != null) {
            ends.fail(job.id(), BEGUN, owed, null);
        } else if (ofTheDead.contains(job.id()) && job.unprovenRuns() >= MOST_RUNS) {
            ends.fail(job.id(), BEGUN, crashLoop(), null);
        } else {
            return false;
        }
        ofTheDead.remove(job.id());
        return true;
    }

    /**
     * Only a job that was running when the service died can be blamed, and only where nothing runs beside it; else there
     * is nothing to wait for. That the database went away is not its doing.
     */
    private void resume(StoredJob job) {
        boolean died = ofTheDead.contains(job.id());
        boolean alone = died && running.all().isEmpty();
        RunningJob live = launcher.resume(job.id(), alone).orElse(null);
        if (live != null && alone && job.unprovenRuns() > 0) {
            trial = new Trial(live, System.nanoTime(), trialTime.after(job.trials()));
        }
        ofTheDead.remove(job.id());
    }

    private static JobError crashLoop() {
        return new JobError(
                JobError.Code.CRASH_LOOP,
                "the service died in " + MOST_RUNS
                        + " runs of this job before it had committed anything; see the service's log and the job's for the last batch, then restart the job");
    }
}
