package dev.modelmill.job.intake;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobEvent;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.InferenceJobs;
import dev.modelmill.job.store.JobProperties;
import dev.modelmill.job.store.PromiseRows;
import dev.modelmill.job.store.RestartChanges;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.job.store.SubmissionKey;
import dev.modelmill.job.store.Turns;
import dev.modelmill.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Takes jobs in: reads what is asked for, checks it against the model and the input, makes it durable (files before the
 * row), and tells that a job waits. Shared between threads.
 */
@Service
public class JobIntake {

    /** Longer than any check of a model and any upload that is forced to the disk may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final JobProperties properties;
    private final DataFolder folder;
    private final InferenceJobs jobs;
    private final SubmissionCheck check;
    private final Arrivals arrivals;
    private final KnownSubmissions again;
    private final Turns keys = new Turns(PATIENCE);
    private final ApplicationEventPublisher events;
    private final JobRequestReader reader = new JobRequestReader(this::newStagedFile);

    JobIntake(
            JobProperties properties,
            DataFolder folder,
            Arrivals arrivals,
            PromiseRows promises,
            InferenceJobs jobs,
            Models models,
            ApplicationEventPublisher events) {
        this.properties = properties;
        this.folder = folder;
        this.jobs = jobs;
        this.check = new SubmissionCheck(properties, models, this::newStagedFile);
        this.arrivals = arrivals;
        this.again = new KnownSubmissions(promises, jobs, folder);
        this.events = events;
    }

    /**
     * Reads the JSON of a request; tasks that come inline are staged in a file.
     *
     * @throws MalformedRequestException if it is no JSON
     * @throws RequestTooLargeException if it is over {@code modelmill.max-json-size}
     * @throws dev.modelmill.job.JobRejectedException if a field is unknown or does not fit
     */
    public Submission read(InputStream body) {
        return reader.read(new LimitedInputStream(body, properties.maxJsonSize()));
    }

    /**
     * Reads the JSON of what a restart changes; an empty body changes nothing.
     *
     * @throws MalformedRequestException if it is no JSON
     * @throws dev.modelmill.job.JobRejectedException if a field is unknown or does not fit
     */
    public RestartChanges readRestart(InputStream body) {
        return reader.readRestart(new LimitedInputStream(body, properties.maxJsonSize()));
    }

    /** A file that is not there yet, for an upload. */
    public Path newStagedFile() {
        return folder.incoming().resolve(UUID.randomUUID() + ".staged");
    }

    /** Forgets what came with a request. */
    public void discard(Submission submission) {
        if (submission.staged() != null) {
            try {
                Files.deleteIfExists(submission.staged());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Checks the first ten tasks against the model and stores nothing.
     *
     * @throws dev.modelmill.job.JobRejectedException if the job would be refused
     */
    public DryRun check(Submission submission) {
        try {
            return new DryRun(check.firstTasks(submission));
        } finally {
            discard(submission);
        }
    }

    /**
     * Takes a job in. When it returns, the job is on the disk and in the database.
     *
     * @throws dev.modelmill.job.JobRejectedException if it can't be carried out; nothing of it is kept then
     */
    public Job submit(Submission submission) {
        return submit(submission, null).job();
    }

    /**
     * The same under a key: a submission that was taken in under it before gives the same job again, and one that races
     * with this one waits for it.
     *
     * @param key what the client calls the submission; null: nothing
     * @throws dev.modelmill.job.JobRejectedException also if another submission was taken in under the key
     */
    public TakenIn submit(Submission submission, @Nullable String key) {
        try {
            if (key == null) {
                return new TakenIn(enter(submission, null), false);
            }
            SubmissionKey known = new SubmissionKey(key, RequestDigest.of(submission));
            return keys.alone(
                    key,
                    () -> again.find(known, submission)
                            .map(job -> new TakenIn(job, true))
                            .orElseGet(() -> new TakenIn(enter(submission, known), false)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            discard(submission);
        }
    }

    private Job enter(Submission submission, @Nullable SubmissionKey key) {
        StoredJob job = arrivals.queued(submission, check.check(submission));
        arrivals.store(job, submission.staged(), key);
        events.publishEvent(new JobEvent.JobQueued(job.id()));
        return jobs.takenIn(job);
    }
}
