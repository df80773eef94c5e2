package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes into the folder of a job how it ended, after its row says so. What can't be written now is kept in mind and
 * written later; a failure never changes how the job ended. Shared between threads.
 */
@Component
public class Endings {

    private static final Logger log = LoggerFactory.getLogger(Endings.class);

    private final JobRows rows;
    private final PartitionRows partitions;
    private final DataFolder folder;
    private final JobPapers papers;
    private final JobFiles files;
    private final Turns writers = new Turns(Duration.ofSeconds(60));
    private final Set<JobId> unwritten = ConcurrentHashMap.newKeySet();

    Endings(JobRows rows, PartitionRows partitions, DataFolder folder, JobPapers papers, JobFiles files) {
        this.rows = rows;
        this.partitions = partitions;
        this.folder = folder;
        this.papers = papers;
        this.files = files;
    }

    /** Writes how a job ended, forced; nothing where it has not ended or is gone. Never fails. */
    public void write(JobId id) {
        try {
            writeInTurn(id);
        } catch (RuntimeException e) {
            log.warn("how job {} ended could not be written into its folder; trying again", id, e);
        }
    }

    private void writeInTurn(JobId id) {
        unwritten.add(id);
        writers.alone(
                id.value(),
                () -> rows.find(id)
                        .filter(job -> job.status().ended() && folder.job(id).exists())
                        .ifPresent(this::write));
        unwritten.remove(id);
    }

    private void write(StoredJob job) {
        discardOutput(job);
        try {
            files.secureUnfinished(job.id());
            papers.end(folder.job(job.id()), JobEnding.of(job, partitions.all(job.id())));
        } catch (IOException e) {
            if (folder.job(job.id()).exists()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The output's folder is the user's: that it can't be reached is no reason not to write the end. */
    private void discardOutput(StoredJob job) {
        try {
            files.discardOutput(job);
        } catch (IOException e) {
            log.warn("what is left of the output of job {} could not be removed: {}", job.id(), e.toString());
        }
    }

    /** Writes what could not be written before. */
    void writeAgain() {
        for (JobId id : Set.copyOf(unwritten)) {
            try {
                writeInTurn(id);
            } catch (RuntimeException e) {
                log.debug("how job {} ended could not be written yet", id, e);
            }
        }
    }
}
