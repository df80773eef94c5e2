package dev.modelmill.task.output;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of one attempt at a partition. After an {@link IOException} (no space, say) the attempt is given up and
 * another one resumes from the last state that was committed. Confined to one thread at a time.
 */
public final class PartWriter implements AutoCloseable {

    private final PartFiles files;
    private final PartFile results;
    private @Nullable PartFile errors;

    private PartWriter(PartFiles files) throws IOException {
        this.files = files;
        results = new PartFile(files.results());
    }

    /** Begins an attempt at a partition's first task. */
    public static PartWriter create(PartFiles files) throws IOException {
        return new PartWriter(files);
    }

    /**
     * Begins an attempt with what was committed of an earlier one: copies it and checks it on the way.
     *
     * @param committed the state of the earlier attempt that was committed last; its files may be longer
     * @param previous the files of the earlier attempt
     * @param next the files of the new attempt
     * @throws PartDamagedException if the earlier files hold less or something else
     */
    public static PartWriter resume(PartState committed, PartFiles previous, PartFiles next) throws IOException {
        if (previous.equals(next)) {
            throw new IllegalArgumentException("An attempt can't resume from its own files: " + next.results());
        }
        PartWriter writer = new PartWriter(next);
        try {
            writer.copy(committed, previous);
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private void copy(PartState committed, PartFiles previous) throws IOException {
        PartBytes.copy(previous.results(), 0, committed.resultsLength(), results);
        PartBytes.compare(previous.results(), results.crc(), committed.resultsCrc());
        if (committed.errorsLength() > 0) {
            PartFile copied = errors();
            PartBytes.copy(previous.errors(), 0, committed.errorsLength(), copied);
            PartBytes.compare(previous.errors(), copied.crc(), committed.errorsCrc());
        }
    }

    /** Appends whole lines of results. */
    public void appendResults(byte[] lines, int from, int to) throws IOException {
        results.write(lines, from, to - from);
    }

    /** Appends whole lines of errors; the first ones make the file. */
    public void appendErrors(byte[] lines, int from, int to) throws IOException {
        if (to > from) {
            errors().write(lines, from, to - from);
        }
    }

    /** Hands everything to the operating system; it survives a crash of this process, not a loss of power. */
    public PartState flush() throws IOException {
        results.flush();
        if (errors != null) {
            errors.flush();
        }
        return state();
    }

    /** Hands everything to the disk, the files' entries in their folder too: what a partition that is done stands on. */
    public PartState force() throws IOException {
        results.force();
        if (errors != null) {
            errors.force();
        }
        Folders.force(files.folder());
        return state();
    }

    /** Closes the files without flushing them; safe twice. */
    @Override
    public void close() throws IOException {
        try (results) {
            if (errors != null) {
                errors.close();
            }
        }
    }

    private PartState state() {
        return errors == null
                ? new PartState(results.length(), results.crc(), 0, 0)
                : new PartState(results.length(), results.crc(), errors.length(), errors.crc());
    }

    private PartFile errors() throws IOException {
        if (errors == null) {
            errors = new PartFile(files.errors());
        }
        return errors;
    }
}
