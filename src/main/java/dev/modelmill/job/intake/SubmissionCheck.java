package dev.modelmill.job.intake;

import dev.modelmill.job.JobRejectedException;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.store.JobInput;
import dev.modelmill.job.store.JobProperties;
import dev.modelmill.model.ModelReference;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Models;
import dev.modelmill.model.Signature;
import dev.modelmill.task.input.Compression;
import dev.modelmill.task.input.FirstTasks;
import dev.modelmill.task.input.InputMismatchException;
import dev.modelmill.task.input.InputUnreadableException;
import dev.modelmill.task.input.TaskFormat;
import dev.modelmill.task.input.TaskInput;
import dev.modelmill.task.input.TaskSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks a request against the model and the input before anything of it is kept. Shared between threads. */
final class SubmissionCheck {

    private static final Duration INSPECTION = Duration.ofSeconds(60);
    private static final long HEAD = 1 << 20;
    private static final int TRIED = 10;
    private static final List<String> UNWRITABLE = List.of(".parquet", ".gz", ".zst");

    private final JobProperties properties;
    private final Models models;
    private final Supplier<Path> temporaryFile;
    private final FileRoots inputs;
    private final FileRoots outputs;

    SubmissionCheck(JobProperties properties, Models models, Supplier<Path> temporaryFile) {
        this.properties = properties;
        this.models = models;
        this.temporaryFile = temporaryFile;
        this.inputs = new FileRoots(properties.inputRoots(), properties.dataDir(), "modelmill.input-roots");
        this.outputs = new FileRoots(properties.outputRoots(), properties.dataDir(), "modelmill.output-roots");
    }

    /**
     * What was found.
     *
     * @param model the model version that the job will run with
     * @param input where the tasks are and how to read them
     */
    record Checked(ModelVersion model, JobInput input) {}

    /** Checks everything that can be checked without running the model. */
    Checked check(Submission submission) {
        Models.Entry model = model(submission.request().model());
        Located located = locate(submission);
        JobRequest.Output output = submission.request().output();
        if (output != null) {
            checkOutput(output);
        }
        onPlainHead(located, tasks -> TaskSchema.bind(tasks, Objects.requireNonNull(model.signature())));
        return new Checked(Objects.requireNonNull(model.model()), located.input());
    }

    /** The first tasks, each with what is wrong with it. */
    List<DryRun.Task> firstTasks(Submission submission) {
        Models.Entry model = model(submission.request().model());
        Signature signature = Objects.requireNonNull(model.signature());
        return onPlainHead(locate(submission), tasks -> FirstTasks.of(tasks, signature, TRIED)).stream()
                .map(task -> new DryRun.Task(task.index(), task.input(), task.error()))
                .toList();
    }

    private Models.Entry model(String text) {
        Models.Entry found = models.await(ModelReference.parse(text), INSPECTION)
                .orElseThrow(() -> new JobRejectedException(
                        "unknown_model", "/model", "there is no model \"" + text + "\"; GET /models lists them"));
        if (found.error() != null || found.model() == null || found.signature() == null) {
            String why = found.error() == null ? "it has not been read yet; try again" : found.error();
            throw new JobRejectedException(
                    "model_unavailable", "/model", "the model \"" + text + "\" can't be used: " + why);
        }
        return found;
    }

    /** An input and the file that it is in at this moment. */
    private record Located(Path file, JobInput input) {}

    private Located locate(Submission submission) {
        JobRequest.Input wish = submission.request().input() == null
                ? JobRequest.Input.UPLOAD
                : submission.request().input();
        Path staged = submission.staged();
        if (wish.path() != null && staged == null) {
            Path real = inputs.readable(wish.path(), "/input/path");
            return located(real, real.toString(), false, wish, fileName(real));
        }
        if (wish.path() != null) {
            throw new JobRejectedException("invalid_request", "/input/path", "upload a file or name a path, not both");
        }
        if (staged == null) {
            throw new JobRejectedException(
                    "invalid_request",
                    "/input",
                    "a job needs an input: {\"path\": …}, {\"tasks\": […]}, or a file in the part \"input\"");
        }
        String name = wish.tasks() != null ? "tasks.jsonl" : submission.fileName();
        return located(staged, "input", true, wish, name);
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    private Located located(Path file, String kept, boolean own, JobRequest.Input wish, @Nullable String name) {
        String known = name == null ? "" : name;
        TaskFormat format = wish.format() != null ? wish.format() : byName(known);
        Compression compression = compression(known, file);
        try {
            return new Located(
                    file,
                    new JobInput(
                            kept,
                            own,
                            compression != Compression.NONE,
                            format,
                            wish.delimiter() == null ? ',' : wish.delimiter().charAt(0),
                            wish.id() == null ? "id" : wish.id(),
                            Files.size(file),
                            Files.getLastModifiedTime(file).toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TaskFormat byName(String name) {
        return TaskFormat.of(name)
                .orElseThrow(
                        () -> new JobRejectedException("unknown_format", "/input/format", TaskFormat.whyUnknown(name)));
    }

    private static Compression compression(String name, Path file) {
        try {
            return Compression.of(name, file);
        } catch (InputUnreadableException e) {
            throw new JobRejectedException("unknown_format", "/input", String.valueOf(e.getMessage()));
        }
    }

    private void checkOutput(JobRequest.Output output) {
        String name = output.path().toLowerCase(Locale.ROOT);
        if (UNWRITABLE.stream().anyMatch(name::endsWith)) {
            throw new JobRejectedException(
                    "unknown_format",
                    "/output/path",
                    "\"" + output.path() + "\" can't be written by this version: name a .jsonl or .csv file");
        }
        Path target = outputs.writable(output.path(), "/output/path");
        if (Files.exists(target) && !Boolean.TRUE.equals(output.overwrite())) {
            throw new JobRejectedException(
                    "output_exists",
                    "/output/path",
                    "\"" + output.path() + "\" exists already: name another file or say \"overwrite\": true");
        }
    }

    /** Something to look up in the plain tasks. */
    @FunctionalInterface
    private interface Look<T> {

        T at(TaskInput tasks) throws IOException;
    }

    private <T> T onPlainHead(Located located, Look<T> look) {
        Path head = null;
        try {
            Path plain = located.file();
            if (located.input().compressed()) {
                head = temporaryFile.get();
                plain = head;
                Compression.GZIP.copyHead(located.file(), head, HEAD);
            }
            JobInput input = located.input();
            return look.at(new TaskInput(plain, input.format(), input.delimiter(), input.idField(), (int)
                    properties.maxTaskSize().toBytes()));
        } catch (InputMismatchException e) {
            throw new JobRejectedException("input_mismatch", "/input", String.valueOf(e.getMessage()));
        } catch (InputUnreadableException e) {
            throw new JobRejectedException("input_unreadable", "/input", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            forget(head);
        }
    }

    private static void forget(@Nullable Path head) {
        try {
            if (head != null) {
                Files.deleteIfExists(head);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
