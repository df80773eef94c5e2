package dev.modelmill.job.intake;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRejectedException;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.InferenceJobs;
import dev.modelmill.job.store.JobInput;
import dev.modelmill.job.store.PromiseRows;
import dev.modelmill.job.store.SubmissionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the job of a submission that is sent again under its key. Shared between threads. */
final class KnownSubmissions {

    private final PromiseRows promises;
    private final InferenceJobs jobs;
    private final DataFolder folder;

    KnownSubmissions(PromiseRows promises, InferenceJobs jobs, DataFolder folder) {
        this.promises = promises;
        this.jobs = jobs;
        this.folder = folder;
    }

    /**
     * The job that was taken in under a key, or nothing where none was.
     *
     * @throws JobRejectedException if another submission was
     */
    Optional<Job> find(SubmissionKey key, Submission submission) {
        try {
            return same(key, submission);
        } catch (NoSuchJobException deletedMeanwhile) {
            return Optional.empty();
        }
    }

    private Optional<Job> same(SubmissionKey key, Submission submission) {
        PromiseRows.Keyed known = promises.findByKey(key.key()).orElse(null);
        if (known == null) {
            return Optional.empty();
        }
        if (!folder.job(known.id()).exists()) {
            // Deleted, or never taken in: only its row is still there.
            promises.forget(known.id());
            return Optional.empty();
        }
        if (!known.digest().equals(key.digest()) || changed(known.id(), submission)) {
            throw new JobRejectedException(
                    "idempotency_key_reused",
                    "/Idempotency-Key",
                    "the key belongs to job " + known.id()
                            + ", which was submitted with another request or input; choose another key");
        }
        return Optional.of(jobs.get(known.id()));
    }

    /** Whether the file that is named is there and another one than the job was taken in with. */
    private boolean changed(JobId id, Submission submission) {
        JobRequest.Input wish = submission.request().input();
        if (wish == null || wish.path() == null) {
            return false;
        }
        JobInput input = jobs.stored(id).input();
        try {
            Path file = Path.of(wish.path()).toRealPath();
            return !file.toString().equals(input.file())
                    || Files.size(file) != input.size()
                    || Files.getLastModifiedTime(file).toMillis() != input.modified();
        } catch (IOException gone) {
            return false;
        }
    }
}
