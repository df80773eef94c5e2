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
import dev.modelmill.task.output.Part;
import dev.modelmill.task.output.PartFiles;
import dev.modelmill.task.output.PartSequence;
import dev.modelmill.task.output.PartState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results and errors of jobs: the committed parts one after the other, up to the first unfinished task. Shared between
 * threads; a sequence once given is a snapshot.
 */
@Component
public class JobFiles {

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
            Part part = part(id, partition, results);
            if (!partition.done() && !holds(part)) {
                break;
            }
            parts.add(part);
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

    /** An attempt that has just begun may not hold yet what the one before had committed. */
    private static boolean holds(Part part) {
        try {
            return part.length() == 0 || Files.size(part.file()) >= part.length();
        } catch (IOException notThere) {
            return false;
        }
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
     * Reads every part of some partitions and compares its length and checksum with what is recorded.
     *
     * @throws dev.modelmill.task.output.PartDamagedException if one is missing, short or different
     */
    public void verify(JobId id, List<Partition> done) throws IOException {
        for (Partition partition : done) {
            Checkpoint end = partition.checkpoint();
            files(id, partition)
                    .verify(new PartState(end.resultsLength(), end.resultsCrc(), end.errorsLength(), end.errorsCrc()));
        }
    }

    /** Writes the output file that a job asks for and its errors beside it, both shown by rename; without one nothing. */
    public void writeOutput(StoredJob job) throws IOException {
        JobRequest.Output output = job.request().output();
        if (output == null) {
            return;
        }
        Path target = Path.of(output.path()).toAbsolutePath().normalize();
        boolean overwrite = Boolean.TRUE.equals(output.overwrite());
        boolean csv = format(output) == TaskFormat.CSV;
        String id = job.id().value();
        try (OutputFile results = OutputFile.prepare(target, id, overwrite, out -> {
                    if (csv) {
                        writeResultsCsv(job.id(), LineSelection.ALL, out);
                    } else {
                        results(job.id()).writeTo(out);
                    }
                });
                OutputFile errors = OutputFile.prepare(
                        target.resolveSibling(target.getFileName() + ".errors.jsonl"),
                        id,
                        overwrite,
                        errors(job.id())::writeTo)) {
            OutputFile.publishAll(List.of(errors, results));
        }
    }

    private static TaskFormat format(JobRequest.Output output) {
        if (output.format() != null) {
            return output.format();
        }
        return output.path().endsWith(".csv") ? TaskFormat.CSV : TaskFormat.JSONL;
    }

    private PartFiles files(JobId id, Partition partition) {
        return new PartFiles(folder.job(id).parts(), partition.number(), partition.attempts());
    }

    private StoredJob stored(JobId id) {
        return rows.find(id).orElseThrow(() -> new NoSuchJobException(id.value()));
    }
}
