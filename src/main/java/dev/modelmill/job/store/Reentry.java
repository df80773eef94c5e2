package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Brings rows and folders to agree when the service starts, before any job runs: jobs whose rows are lost are entered
 * again from their folders, deletions that were interrupted are finished. What can't be understood is reported and left
 * alone. Running it again changes nothing.
 */
@Component
public class Reentry {

    private static final Logger log = LoggerFactory.getLogger(Reentry.class);

    private final DataFolder folder;
    private final PromiseRows promises;
    private final Deletion deletion;
    private final JobPapers papers;
    private final JobReconciliation reconciliation;

    Reentry(
            DataFolder folder,
            PromiseRows promises,
            Deletion deletion,
            JobPapers papers,
            JobReconciliation reconciliation) {
        this.folder = folder;
        this.promises = promises;
        this.deletion = deletion;
        this.papers = papers;
        this.reconciliation = reconciliation;
    }

    /** Goes through all folders and rows once. */
    public void run() {
        try {
            folder.emptyIncoming();
            Map<JobId, JobStatus> rows = promises.all();
            for (Path entry : folder.entries()) {
                visit(entry, rows);
            }
            rows.keySet().stream()
                    .filter(id -> !folder.job(id).exists())
                    .sorted()
                    .forEach(this::forget);
        } catch (IOException e) {
            throw new UncheckedIOException("the folders of the jobs can't be read", e);
        }
    }

    private void visit(Path entry, Map<JobId, JobStatus> rows) {
        DataFolder.deletedJob(entry).ifPresentOrElse(deletion::finish, () -> {
            JobId id = JobId.parse(String.valueOf(entry.getFileName())).orElse(null);
            if (id == null) {
                log.warn("{} among the folders of the jobs is none of them; it is left alone", entry.getFileName());
            } else {
                enter(id, rows.get(id));
            }
        });
    }

    private void enter(JobId id, @Nullable JobStatus known) {
        try {
            JobFolder home = folder.job(id);
            if (known != null && settled(known) && Files.exists(home.ending())) {
                return;
            }
            JobDescription description = papers.description(home).orElse(null);
            if (description == null || !description.id().equals(id.value())) {
                log.warn("the folder of job {} has no job.json of its own; it is left alone", id);
                return;
            }
            reconciliation.reconcile(id, home, description, known != null);
        } catch (JacksonException | DataIntegrityViolationException | IOException e) {
            log.warn("the folder of job {} can't be understood; it is left alone: {}", id, e.getMessage());
        }
    }

    /** Of a job that has ended for good the folder has nothing more to say; there may be very many of them. */
    private static boolean settled(JobStatus status) {
        return status.ended() && !status.mayBecome(JobStatus.QUEUED);
    }

    /** A row comes after its folder and goes after it: one without a folder is that of a job that was deleted. */
    private void forget(JobId id) {
        log.warn("job {} has no folder any more: its row is removed", id);
        promises.forget(id);
    }
}
