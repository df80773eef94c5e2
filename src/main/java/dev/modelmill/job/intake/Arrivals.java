package dev.modelmill.job.intake;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.Deletion;
import dev.modelmill.job.store.JobDescription;
import dev.modelmill.job.store.JobFolder;
import dev.modelmill.job.store.JobPapers;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.job.store.SubmissionKey;
import dev.modelmill.model.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes jobs durable: the whole folder where nobody looks, forced; its rename, forced; then the row. A crash before the
 * rename leaves nothing, one after it the whole job. Shared between threads.
 */
@Component
class Arrivals {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private final DataFolder folder;
    private final JobPapers papers;
    private final JobRows rows;
    private final Deletion deletion;
    private final Clock clock;
    private final JobId.Generator ids;

    Arrivals(DataFolder folder, JobPapers papers, JobRows rows, Deletion deletion, Clock clock) {
        this.folder = folder;
        this.papers = papers;
        this.rows = rows;
        this.deletion = deletion;
        this.clock = clock;
        this.ids = new JobId.Generator(clock);
    }

    /** A new job that waits to run. */
    StoredJob queued(Submission submission, SubmissionCheck.Checked checked) {
        ModelVersion model = checked.model();
        JobRequest request = submission.request();
        return new StoredJob(
                ids.next(),
                JobStatus.QUEUED,
                model.name(),
                model.version(),
                model.digest(),
                request.effectivePriority(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                request,
                submission.requestJson(),
                checked.input(),
                null,
                0,
                0,
                0,
                0,
                null,
                null,
                null);
    }

    /**
     * Stores a job with the tasks that came with it. When this returns it is durable; when this fails nothing of it stays.
     *
     * @param staged a file that becomes the job's own; null where it names a path
     */
    void store(StoredJob job, @Nullable Path staged, @Nullable SubmissionKey key) {
        try {
            build(folder.arriving(job.id()), job, staged, key);
            enter(job, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            forgetArriving(job.id());
        }
    }

    private void build(JobFolder home, StoredJob job, @Nullable Path staged, @Nullable SubmissionKey key)
            throws IOException {
        Files.createDirectories(home.parts());
        if (staged != null) {
            Path own = home.source(job.input());
            Files.move(staged, own, StandardCopyOption.ATOMIC_MOVE);
            DataFolder.force(own);
        }
        // Forces the folder too, with the entries of all that was made in it before.
        papers.describe(home, JobDescription.of(job, key));
    }

    private void enter(StoredJob job, @Nullable SubmissionKey key) throws IOException {
        try {
            folder.enter(job.id());
            rows.insert(job, key);
        } catch (IOException | RuntimeException e) {
            takeBack(job.id(), e);
            throw e;
        }
    }

    private void takeBack(JobId id, Exception cause) {
        try {
            deletion.takeBack(id);
        } catch (RuntimeException e) {
            log.error("job {} was refused but its folder can't be taken back; it would be entered again", id, e);
            cause.addSuppressed(e);
        }
    }

    /** Nothing is there any more where the job was taken in. */
    private void forgetArriving(JobId id) {
        try {
            DataFolder.removeTree(folder.arriving(id).path());
        } catch (IOException e) {
            log.warn("what arrived of job {} can't be removed before the next start", id, e);
        }
    }
}
