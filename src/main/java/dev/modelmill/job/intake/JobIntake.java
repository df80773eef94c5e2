package dev.modelmill.job.intake;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobEvent;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.InferenceJobs;
import dev.modelmill.job.store.JobFolder;
import dev.modelmill.job.store.JobInput;
import dev.modelmill.job.store.JobProperties;
import dev.modelmill.job.store.JobRows;
import dev.modelmill.job.store.StoredJob;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes jobs in: reads what is asked for, checks it against the model and the input, makes it durable (files before the
 * row), and tells that a job waits. Shared between threads.
 */
@Service
public class JobIntake {

    private final JobProperties properties;
    private final DataFolder folder;
    private final JobRows rows;
    private final InferenceJobs jobs;
    private final SubmissionCheck check;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;
    private final Clock clock;
    private final JobId.Generator ids;
    private final JobRequestReader reader = new JobRequestReader(this::newStagedFile);

    JobIntake(
            JobProperties properties,
            DataFolder folder,
            JobRows rows,
            InferenceJobs jobs,
            Models models,
            ApplicationEventPublisher events,
            JsonMapper json,
            Clock clock) {
        this.properties = properties;
        this.folder = folder;
        this.rows = rows;
        this.jobs = jobs;
        this.check = new SubmissionCheck(properties, models, this::newStagedFile);
        this.events = events;
        this.json = json;
        this.clock = clock;
        this.ids = new JobId.Generator(clock);
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
        try {
            SubmissionCheck.Checked checked = check.check(submission);
            JobId id = ids.next();
            store(id, submission, checked);
            events.publishEvent(new JobEvent.JobQueued(id));
            return jobs.get(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            discard(submission);
        }
    }

    private void store(JobId id, Submission submission, SubmissionCheck.Checked checked) throws IOException {
        JobFolder home = folder.job(id);
        Files.createDirectories(home.parts());
        try {
            if (submission.staged() != null) {
                Path own = home.source(checked.input());
                Files.move(submission.staged(), own, StandardCopyOption.ATOMIC_MOVE);
                DataFolder.force(own);
            }
            StoredJob job = stored(id, submission, checked);
            Files.writeString(home.description(), json.writeValueAsString(Description.of(job)));
            DataFolder.force(home.description());
            DataFolder.force(home.path());
            DataFolder.force(home.path().getParent());
            rows.insert(job);
        } catch (IOException | RuntimeException e) {
            DataFolder.removeTree(home.path());
            throw e;
        }
    }

    private StoredJob stored(JobId id, Submission submission, SubmissionCheck.Checked checked) {
        ModelVersion model = checked.model();
        return new StoredJob(
                id,
                JobStatus.QUEUED,
                model.name(),
                model.version(),
                model.digest(),
                submission.request().effectivePriority(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                submission.request(),
                submission.requestJson(),
                checked.input(),
                null,
                0,
                0,
                null,
                null,
                null);
    }

    /** What {@code job.json} holds: enough to enter the job again where its row is lost. */
    record Description(String id, String model, String modelVersion, String createdAt, String request, JobInput input) {

        static Description of(StoredJob job) {
            return new Description(
                    job.id().value(),
                    job.model(),
                    job.modelVersion(),
                    job.createdAt().toString(),
                    job.requestJson(),
                    job.input());
        }
    }
}
