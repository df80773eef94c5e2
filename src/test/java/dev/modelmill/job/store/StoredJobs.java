package dev.modelmill.job.store;

import dev.modelmill.job.JobError;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.JobStatus;
import dev.modelmill.task.Checkpoint;
import dev.modelmill.task.input.PartitionRange;
import dev.modelmill.task.input.TaskFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Makes jobs with rows and folders as a service leaves them. */
final class StoredJobs {

    private static final JobId.Generator IDS = new JobId.Generator(Clock.systemUTC());
    private static final String REQUEST = "{\"model\":\"iris\",\"workers\":2,\"labels\":{\"a\":\"b\"}}";

    final JobRows rows;
    final PartitionRows partitions;
    final PromiseRows promises;
    final DataFolder folder;
    final JobPapers papers;
    final Endings endings;

    StoredJobs(ApplicationContext context) {
        rows = context.getBean(JobRows.class);
        partitions = context.getBean(PartitionRows.class);
        promises = context.getBean(PromiseRows.class);
        folder = context.getBean(DataFolder.class);
        papers = context.getBean(JobPapers.class);
        endings = context.getBean(Endings.class);
    }

    JobId queued() throws IOException {
        return queued(null, new JobInput("input", true, false, TaskFormat.JSONL, ',', "id", 3, 4));
    }

    JobId queued(@Nullable String key) throws IOException {
        return queued(
                key == null ? null : new SubmissionKey(key, "digest"),
                new JobInput("input", true, false, TaskFormat.JSONL, ',', "id", 3, 4));
    }

    /** A job of a file that lies elsewhere. */
    JobId queuedOf(Path file) throws IOException {
        return queued(
                null,
                new JobInput(
                        file.toString(),
                        false,
                        false,
                        TaskFormat.JSONL,
                        ',',
                        "id",
                        Files.size(file),
                        Files.getLastModifiedTime(file).toMillis()));
    }

    private JobId queued(@Nullable SubmissionKey key, JobInput input) throws IOException {
        StoredJob job = new StoredJob(
                IDS.next(),
                JobStatus.QUEUED,
                "iris",
                "1",
                "sha256:1",
                5,
                Instant.parse("2025-12-31T00:00:00.123Z"),
                null,
                null,
                new JobRequest("iris", null, 2, null, null, null, null, null, Map.of("a", "b")),
                REQUEST,
                input,
                null,
                0,
                0,
                0,
                0,
                null,
                null,
                null);
        JobFolder home = folder.job(job.id());
        Files.createDirectories(home.parts());
        papers.describe(home, JobDescription.of(job, key));
        rows.insert(job, key);
        return job.id();
    }

    /** A running job of two partitions, the first of which is done. */
    JobId running() throws IOException {
        JobId id = queued();
        begin(id);
        partitions.begin(id, 0);
        partitions.commit(id, 0, 1, "iris-1", Partition.State.DONE, new Checkpoint(2, 9, 2, 7, 1, 1, 1, 5, 6, 7, 8));
        Files.writeString(folder.job(id).parts().resolve("00000.1.results"), "12345");
        return id;
    }

    /** Starts a queued job and plans it. */
    void begin(JobId id) {
        rows.start(id);
        rows.fix(id, "1", "sha256:2", 16);
        rows.planned(id, 5);
        partitions.insert(
                id, List.of(new PartitionRange(0, 0, 2, 0, 9, 1, 7), new PartitionRange(1, 2, 3, 9, 12, 3, 5)));
    }

    JobId ended(JobStatus status) throws IOException {
        JobId id = running();
        end(id, status);
        return id;
    }

    /** Ends a running job as the service does. */
    void end(JobId id, JobStatus status) {
        partitions.rest(id);
        JobError error = status == JobStatus.FAILED ? new JobError(JobError.Code.TOO_MANY_ERRORS, "too many") : null;
        rows.end(id, Set.of(JobStatus.RUNNING, JobStatus.CANCELLING), status, error, "[]");
        endings.write(id);
    }

    StoredJob row(JobId id) {
        return rows.find(id).orElseThrow();
    }
}
