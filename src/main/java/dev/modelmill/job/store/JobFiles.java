package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRequest;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.model.ModelReference;
import dev.modelmill.model.Models;
import dev.modelmill.model.OutputSpec;
import dev.modelmill.task.Checkpoint;
import dev.modelmill.task.input.TaskFormat;
import dev.modelmill.task.output.CsvResults;
import dev.modelmill.task.output.LineSelection;
import dev.modelmill.task.output.OutputFile;
import dev.modelmill.task.output.OutputStoppedException;
import dev.modelmill.task.output.Part;
import dev.modelmill.task.output.PartDamagedException;
import dev.modelmill.task.output.PartFiles;
import dev.modelmill.task.output.PartFolder;
import dev.modelmill.task.output.PartSequence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results and errors of jobs: the committed parts one after the other, up to the first unfinished task. Shared between
 * threads; a sequence once given is a snapshot.
 */
@Component
public class JobFiles {

    private static final Logger log = LoggerFactory.getLogger(JobFiles.class);

    private final DataFolder folder;
    private final JobRows rows;
    private final PartitionRows partitions;
    private final Models models;
    private final JsonMapper json;

    JobFiles(DataFolder folder, JobRows rows, PartitionRows partitions, Models models, JsonMapper json) {
        this.folder = folder;
        this.rows = rows;
        this.partitions = partitions;
        this.models = models;
        this.json = json;
    }

    /** The lines of the tasks that succeeded, as far as they are readable. */
    public PartSequence results(JobId id) {
        return sequence(id, true);
    }

    /** The lines of the tasks that failed, as far as they are readable. */
    public PartSequence errors(JobId id) {
        return sequence(id, false);
    }

    private PartSequence sequence(JobId id, boolean results) {
        stored(id);
        List<Part> parts = new ArrayList<>();
        for (Partition partition : partitions.all(id)) {
            parts.add(part(id, partition, results));
            if (!partition.done()) {
                break;
            }
        }
        return new PartSequence(parts);
    }

    /** What is committed of a partition. */
    private Part part(JobId id, Partition partition, boolean results) {
        PartFiles files = files(id, partition);
        Checkpoint end = partition.checkpoint();
        return new Part(
                results ? files.results() : files.errors(),
                results ? end.resultsLength() : end.errorsLength(),
                partition.range().firstTask(),
                partition.done() ? partition.range().tasks() : end.tasks());
    }

    /** Writes selected results as CSV, with a header. */
    public void writeResultsCsv(JobId id, LineSelection selection, OutputStream out) throws IOException {
        PartSequence results = results(id);
        results.lines(selection, CsvResults.results(out, outputNames(stored(id), results), withInput(id)));
    }

    /** Writes selected errors as CSV, with a header. */
    public void writeErrorsCsv(JobId id, LineSelection selection, OutputStream out) throws IOException {
        errors(id).lines(selection, CsvResults.errors(out, withInput(id)));
    }

    private boolean withInput(JobId id) {
        return !stored(id).request().effectiveInclude().isEmpty();
    }

    /** What the outputs are called: as in the first result, or where there is none as the model has them. */
    private List<String> outputNames(StoredJob job, PartSequence results) throws IOException {
        List<String> names = new ArrayList<>();
        results.lines(
                new LineSelection(-1, 1, null),
                (bytes, from, to) -> json.readTree(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                        .propertyNames()
                        .forEach(names::add));
        if (!names.isEmpty()) {
            return names.subList(
                    2, names.size() - (job.request().effectiveInclude().isEmpty() ? 0 : 1));
        }
        return models.find(new ModelReference(job.model(), job.modelVersion()))
                .map(Models.Entry::signature)
                .map(signature ->
                        signature.outputs().stream().map(OutputSpec::resultName).toList())
                .orElse(List.of());
    }

    /**
     * Reads what a partition has committed and compares lengths and checksums with what is recorded.
     *
     * @throws dev.modelmill.task.output.PartDamagedException if a part file is missing, short or different
     */
    public void verify(JobId id, Partition partition) throws IOException {
        files(id, partition).verify(partition.checkpoint().files());
    }

    /**
     * Has what the unfinished partitions of an ended job have committed survive a loss of power, as what is done does; and
     * forgets what a loss of power has taken of it already.
     */
    void secureUnfinished(JobId id) throws IOException {
        for (Partition partition : partitions.all(id)) {
            if (!partition.done() && partition.checkpoint().tasks() > 0) {
                secure(id, partition);
            }
        }
    }

    private void secure(JobId id, Partition partition) throws IOException {
        try {
            verify(id, partition);
            files(id, partition).force(partition.checkpoint().files());
        } catch (PartDamagedException e) {
            log.warn("what partition {} of job {} had done is lost: {}", partition.number(), id, e.getMessage());
            partitions.reset(id, partition.number());
        }
    }

    /** Removes the part files of a job that no row names: what attempts left that committed nothing or were followed. */
    public void removeUnnamed(JobId id) throws IOException {
        PartFolder.in(folder.job(id).path())
                .retain(partitions.all(id).stream()
                        .map(partition -> files(id, partition))
                        .toList());
    }

    /**
     * Writes the output file that a job asks for and its errors beside it, both shown by rename; without one nothing. Once
     * it has begun to show them it stops no more.
     *
     * @param stop asked now and then, from any point up to the first rename, whether to break off
     * @throws OutputStoppedException if it was to; then nothing is left of the files
     */
    public void writeOutput(StoredJob job, BooleanSupplier stop) throws IOException {
        JobRequest.Output output = job.request().output();
        if (output == null) {
            return;
        }
        Path target = target(output);
        boolean overwrite = Boolean.TRUE.equals(output.overwrite());
        String id = job.id().value();
        OutputFile.Content content = format(output) == TaskFormat.CSV
                ? out -> writeResultsCsv(job.id(), LineSelection.ALL, out)
                : results(job.id())::writeTo;
        OutputFile.Content errorLines = errors(job.id())::writeTo;
        try (OutputFile results = OutputFile.prepare(target, id, overwrite, content.until(stop));
                OutputFile errors = OutputFile.prepare(errors(target), id, overwrite, errorLines.until(stop))) {
            if (stop.getAsBoolean()) {
                throw new OutputStoppedException();
            }
            OutputFile.publishAll(List.of(errors, results));
        }
    }

    /** Removes what a crash has left of an output that was not shown, of a job that writes none any more. */
    public void discardOutput(StoredJob job) throws IOException {
        JobRequest.Output output = job.request().output();
        if (output != null) {
            OutputFile.discard(target(output), job.id().value());
            OutputFile.discard(errors(target(output)), job.id().value());
        }
    }

    private static Path target(JobRequest.Output output) {
        return Path.of(output.path()).toAbsolutePath().normalize();
    }

    private static Path errors(Path target) {
        return target.resolveSibling(target.getFileName() + ".errors.jsonl");
    }

    private static TaskFormat format(JobRequest.Output output) {
        if (output.format() != null) {
            return output.format();
        }
        return output.path().endsWith(".csv") ? TaskFormat.CSV : TaskFormat.JSONL;
    }

    private PartFiles files(JobId id, Partition partition) {
        return new PartFiles(folder.job(id).parts(), partition.number(), partition.filesAttempt());
    }

    private StoredJob stored(JobId id) {
        return rows.find(id).orElseThrow(() -> new NoSuchJobException(id.value()));
    }
}
