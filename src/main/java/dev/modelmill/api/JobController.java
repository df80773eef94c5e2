package dev.modelmill.api;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.store.InferenceJobs;
import dev.modelmill.job.store.JobFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Jobs to look at, to cancel and to delete. */
@RestController
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "jobs")
class JobController {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;

    private final InferenceJobs jobs;

    JobController(InferenceJobs jobs) {
        this.jobs = jobs;
    }

    @GetMapping
    @Operation(summary = "The jobs, newest first")
    JobPage list(
            @RequestParam(required = false) @Nullable List<String> status,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String after) {
        int size = (int) Parameters.number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
        JobFilter filter = new JobFilter(
                Parameters.statuses(status),
                Parameters.text(model),
                Parameters.text(text),
                Parameters.after(after),
                size + 1);
        return JobPage.of(jobs.list(filter), size);
    }

    @GetMapping("/{id}")
    @Operation(summary = "A job as it is now")
    Job get(@PathVariable String id) {
        return jobs.get(Parameters.jobId(id));
    }

    /**
     * The job for clients that prefer JSON. Server-Sent Events have the same path in another room; where {@code Accept}
     * takes anything they win, because they say so themselves by producing any type, too.
     */
    @GetMapping("/{id}/progress")
    @Operation(summary = "A job's progress, as Server-Sent Events or, where Accept prefers JSON, the job")
    Job progress(@PathVariable String id) {
        return get(id);
    }

    @GetMapping("/{id}/partitions")
    @Operation(summary = "The partitions of a job")
    PartitionList partitions(@PathVariable String id) {
        return PartitionList.of(jobs.partitions(Parameters.jobId(id)));
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Cancels a job; 202, or 200 where it had ended and is unchanged")
    ResponseEntity<Job> cancel(@PathVariable String id) {
        JobId job = Parameters.jobId(id);
        boolean hadEnded = jobs.stored(job).status().ended();
        Job now = jobs.cancel(job);
        boolean unchanged = hadEnded || (now.status().ended() && now.status() != JobStatus.CANCELLED);
        return ResponseEntity.status(unchanged ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(now);
    }

    @DeleteMapping(
            path = "/{id}",
            produces = {})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes an ended job and its files")
    void delete(@PathVariable String id) {
        jobs.delete(Parameters.jobId(id));
    }
}
