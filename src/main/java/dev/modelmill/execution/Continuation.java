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
import org.springframework.stereotype.Component;

/**
 * Goes on with jobs whose run broke off: with the service, which may have died of one of them, or with the database.
 *
 * <p>A job that was running when the service died, and had committed nothing in that run, is under suspicion. Suspects go
 * first, one at a time, and until one of them has committed something nothing else is started; so a second death tells
 * which it was. After three deaths a job fails as {@code crash_loop}. Used by the dispatcher's thread.
 */
@Component
class Continuation {

    private static final int MOST_RUNS = 3;
    private static final Set<JobStatus> BEGUN = Set.of(JobStatus.RUNNING, JobStatus.CANCELLING);

    private final JobRows rows;
    private final RunningJobs running;
    private final JobLauncher launcher;
    private final JobEnds ends;
    private final Set<JobId> ofTheDead = new HashSet<>();
    private @Nullable RunningJob suspect;

    Continuation(JobRows rows, RunningJobs running, JobLauncher launcher, JobEnds ends) {
        this.rows = rows;
        this.running = running;
        this.launcher = launcher;
        this.ends = ends;
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
        if (isUnderWay(suspect)) {
            return false;
        }
        suspect = null;
        for (StoredJob job : left) {
            if (suspect != null || !active.getAsBoolean()) {
                return false;
            }
            resume(job);
        }
        return suspect == null;
    }

    /** Whether a suspect is running and has not yet committed anything. */
    boolean isWaiting() {
        return isUnderWay(suspect);
    }

    private boolean isUnderWay(@Nullable RunningJob job) {
        return job != null && !job.proven() && running.find(job.id()).orElse(null) == job;
    }

    private List<StoredJob> brokenOff() {
        return rows.inStatus(BEGUN, Integer.MAX_VALUE).stream()
                .filter(job -> running.find(job.id()).isEmpty())
                .sorted(Comparator.comparingInt(StoredJob::unprovenRuns)
                        .reversed()
                        .thenComparing(StoredJob::id))
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

    /** Only a job that was running when the service died can be blamed; that the database went away is not its doing. */
    private void resume(StoredJob job) {
        boolean died = ofTheDead.contains(job.id());
        RunningJob live = launcher.resume(job.id(), died).orElse(null);
        suspect = died && job.unprovenRuns() > 0 ? live : null;
        ofTheDead.remove(job.id());
    }

    private static JobError crashLoop() {
        return new JobError(
                JobError.Code.CRASH_LOOP,
                "the service died in each of the last " + MOST_RUNS + " runs of this job before it had committed"
                        + " anything; see the service's log and the job's for the last batch, then restart the job");
    }
}
