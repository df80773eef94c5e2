package dev.modelmill.api;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRejectedException;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.log.LogQuery;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.InferenceJobs;
import dev.modelmill.job.store.JobFiles;
import dev.modelmill.task.input.TaskFailure;
import dev.modelmill.task.output.LineSelection;
import dev.modelmill.task.output.LineSink;
import dev.modelmill.task.output.PartSequence;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Results, errors and logs of a job, written on the request's thread from what is readable when the request comes. */
@RestController
@RequestMapping("/jobs/{id}")
@Tag(name = "results")
class ResultController {

    private static final List<String> CODES = Arrays.stream(TaskFailure.Code.values())
            .map(code -> code.name().toLowerCase(Locale.ROOT))
            .toList();

    private final InferenceJobs jobs;
    private final JobFiles files;
    private final EventLogs logs;
    private final DataFolder folder;

    ResultController(InferenceJobs jobs, JobFiles files, EventLogs logs, DataFolder folder) {
        this.jobs = jobs;
        this.files = files;
        this.logs = logs;
        this.folder = folder;
    }

    @GetMapping("/results")
    @Operation(summary = "The lines of the tasks that succeeded, in input order")
    void results(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JobId job = Parameters.jobId(id);
        LineSelection selection = selection(after, limit, null);
        Download download = new Download(request, response);
        if (isCsv(format)) {
            jobs.stored(job);
            download.stream("text/csv;charset=UTF-8", out -> files.writeResultsCsv(job, selection, out));
        } else {
            write(download, "results", job, selection);
        }
    }

    @GetMapping("/errors")
    @Operation(summary = "The lines of the tasks that failed, in input order")
    void errors(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String code,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JobId job = Parameters.jobId(id);
        LineSelection selection = selection(after, limit, code(code));
        Download download = new Download(request, response);
        if (isCsv(format)) {
            jobs.stored(job);
            download.stream("text/csv;charset=UTF-8", out -> files.writeErrorsCsv(job, selection, out));
        } else {
            write(download, "errors", job, selection);
        }
    }

    /** Asks for the status first: what an ended job has is then all there is. */
    private void write(Download download, String kind, JobId job, LineSelection selection) throws IOException {
        boolean ended = jobs.stored(job).status().ended();
        PartSequence lines = kind.equals("results") ? files.results(job) : files.errors(job);
        if (selection.equals(LineSelection.ALL)) {
            download.bytes(lines, ended ? etag(kind, job, lines) : null);
        } else {
            download.stream(Download.NDJSON, out -> lines.lines(selection, LineSink.to(out)));
        }
    }

    /** What is readable only grows, so its length tells it. */
    private static String etag(String kind, JobId job, PartSequence lines) {
        return "\"" + job + "-" + kind + "-" + lines.length() + "\"";
    }

    @GetMapping("/logs")
    @Operation(summary = "What the workers logged for a job")
    void logs(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable String worker,
            @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JobId job = Parameters.jobId(id);
        LogQuery query = LogQuery.parse(after, level, worker, limit);
        jobs.stored(job);
        new Download(request, response)
                .stream(
                        Download.NDJSON,
                        out -> logs.find(job.value(), folder.job(job).path()).writeTo(out, query));
    }

    private static LineSelection selection(@Nullable String after, @Nullable String limit, @Nullable String code) {
        return new LineSelection(
                Parameters.number("after", after, 0, Long.MAX_VALUE, LineSelection.ALL.after()),
                Parameters.number("limit", limit, 1, Long.MAX_VALUE, LineSelection.ALL.limit()),
                code);
    }

    private static @Nullable String code(@Nullable String text) {
        String code = Parameters.text(text);
        if (code != null && !CODES.contains(code)) {
            throw new BadParameterException("code", "one of " + CODES, code);
        }
        return code;
    }

    private static boolean isCsv(@Nullable String format) {
        String name = Parameters.text(format);
        if (name == null) {
            return false;
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "csv" -> true;
            case "jsonl", "ndjson" -> false;
            case "parquet" ->
                throw new JobRejectedException(
                        "not_available", "/format", "format=parquet is not available yet; use jsonl or csv");
            default -> throw new BadParameterException("format", "jsonl or csv", name);
        };
    }
}
