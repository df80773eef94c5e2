package dev.modelmill.task.output;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A file that a completed job leaves where its user wants it: prepared under a hidden name beside the target and shown by
 * rename, so that nobody sees a part of it. Preparing and publishing again after a crash gives the same file. Confined to
 * one thread.
 */
public final class OutputFile implements AutoCloseable {

    private final Path target;
    private final Path folder;
    private final boolean overwrite;
    private final Path temporary;

    private OutputFile(Path target, String job, boolean overwrite) {
        this.target = target.toAbsolutePath();
        this.folder = Objects.requireNonNull(this.target.getParent());
        this.overwrite = overwrite;
        temporary = folder.resolve("." + target.getFileName() + "." + job + ".part");
    }

    /**
     * Writes a file beside the target and forces it to the disk.
     *
     * @param target the path of the output; its folder is made where it does not exist
     * @param job the job's id
     * @param overwrite whether the output may replace a file
     * @param content writes the output's bytes
     */
    public static OutputFile prepare(Path target, String job, boolean overwrite, Content content) throws IOException {
        OutputFile file = new OutputFile(target, job, overwrite);
        try {
            file.write(content);
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void write(Content content) throws IOException {
        Folders.create(folder);
        Files.deleteIfExists(temporary);
        try (SteadilyForced file = new SteadilyForced(new FileOutputStream(temporary.toFile()));
                OutputStream out = new BufferedOutputStream(file, 64 * 1024)) {
            content.writeTo(out);
            out.flush();
            file.force();
        }
    }

    /** Removes what a crash may have left of a file that was prepared but not published; nothing where there is none. */
    public static void discard(Path target, String job) throws IOException {
        new OutputFile(target, job, false).close();
    }

    /**
     * Publishes files that belong together: none where one of them is refused.
     *
     * @throws OutputExistsException as {@link #publish()}
     */
    public static void publishAll(List<OutputFile> files) throws IOException {
        for (OutputFile file : files) {
            if (!file.overwrite && Files.exists(file.target)) {
                file.refuseOther();
            }
        }
        for (OutputFile file : files) {
            file.publish();
        }
    }

    /**
     * Shows the file under its name. Durable when it returns.
     *
     * @throws OutputExistsException if another file has the name and may not be replaced; it stays untouched. One with
     *     the same bytes is no other file: the job has published it before
     */
    public void publish() throws IOException {
        if (overwrite) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            publishBeside();
        }
        Folders.force(folder);
    }

    private void publishBeside() throws IOException {
        try {
            link();
        } catch (FileAlreadyExistsException e) {
            refuseOther();
        }
        Files.deleteIfExists(temporary);
    }

    /** A link never replaces a file; a rename does. */
    private void link() throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(temporary, target);
        }
    }

    private void refuseOther() throws IOException {
        if (!Files.isRegularFile(target) || Files.mismatch(temporary, target) >= 0) {
            throw new OutputExistsException(target);
        }
    }

    /** Removes what has not been published; safe twice. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }

    /** Writes the bytes of an output. */
    @FunctionalInterface
    public interface Content {

        /** Writes them all; neither flushes nor closes. */
        void writeTo(OutputStream out) throws IOException;

        /** The same bytes, until it is to stop: then writing throws {@link OutputStoppedException}. */
        default Content until(BooleanSupplier stop) {
            return out -> writeTo(new StoppableOutput(out, stop));
        }
    }
}
