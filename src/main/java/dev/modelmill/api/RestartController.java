package dev.modelmill.api;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobId;
import dev.modelmill.job.intake.JobIntake;
import dev.modelmill.job.store.InferenceJobs;
import dev.modelmill.job.store.RestartChanges;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Has failed and cancelled jobs go on; the body, which may be empty, changes some of what was asked for. */
@RestController
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "jobs")
class RestartController {

    private final InferenceJobs jobs;
    private final JobIntake intake;

    RestartController(InferenceJobs jobs, JobIntake intake) {
        this.jobs = jobs;
        this.intake = intake;
    }

    @PostMapping("/{id}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Has a failed or cancelled job wait again, to go on where it stopped")
    Job restart(@PathVariable String id, HttpServletRequest request) throws IOException {
        JobId job = Parameters.jobId(id);
        RestartChanges changes = intake.readRestart(request.getInputStream());
        return jobs.restart(job, changes);
    }
}
