package dev.modelmill.job.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The papers in a job's folder on which its promises stand when the database is lost: what was asked for, that it was
 * cancelled, how it ended. The last two name the restart that they belong to, so that one of before never counts.
 * Writers of one job take turns; shared between threads.
 */
@Component
public class JobPapers {

    private static final Logger log = LoggerFactory.getLogger(JobPapers.class);

    private final JsonMapper json;

    JobPapers(JsonMapper json) {
        this.json = json;
    }

    /** Writes what was asked for. */
    public void describe(JobFolder home, JobDescription description) throws IOException {
        ForcedFile.write(home.description(), json.writeValueAsBytes(description));
    }

    /**
     * What was asked for, or nothing where no file says so.
     *
     * @throws JacksonException if the file is broken
     */
    Optional<JobDescription> description(JobFolder home) throws IOException {
        return read(home.description()).map(bytes -> json.readValue(bytes, JobDescription.class));
    }

    /** Notes that a job is cancelled. */
    void markCancelled(JobFolder home, int restarts) throws IOException {
        ForcedFile.write(home.cancelMark(), Integer.toString(restarts).getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes back that a job is cancelled, which came too late. */
    void unmarkCancelled(JobFolder home) throws IOException {
        if (Files.deleteIfExists(home.cancelMark())) {
            DataFolder.force(home.path());
        }
    }

    /** Whether a job was cancelled since that restart. */
    boolean cancelled(JobFolder home, int restarts) throws IOException {
        return read(home.cancelMark())
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).equals(Integer.toString(restarts)))
                .orElse(false);
    }

    /** Writes how a job ended. */
    void end(JobFolder home, JobEnding ending) throws IOException {
        ForcedFile.write(home.ending(), json.writeValueAsBytes(ending));
    }

    /** How a job ended since that restart; nothing where no file says so or the file is broken. */
    Optional<JobEnding> ending(JobFolder home, int restarts) throws IOException {
        try {
            return read(home.ending())
                    .map(bytes -> json.readValue(bytes, JobEnding.class))
                    .filter(ending -> ending.restarts() == restarts);
        } catch (JacksonException broken) {
            log.warn(
                    "the end.json of job {} is broken and does not count",
                    home.path().getFileName());
            return Optional.empty();
        }
    }

    /** Forgets how a job ended. */
    void forgetEnding(JobFolder home) throws IOException {
        Files.deleteIfExists(home.ending());
    }

    /** Forgets that a job ended or was cancelled. */
    void reopen(JobFolder home) throws IOException {
        forgetEnding(home);
        unmarkCancelled(home);
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
