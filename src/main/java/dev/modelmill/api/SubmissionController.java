package dev.modelmill.api;

import dev.modelmill.job.JobRejectedException;
import dev.modelmill.job.intake.JobIntake;
import dev.modelmill.job.intake.Submission;
import dev.modelmill.job.intake.TakenIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes jobs in, as JSON or as JSON with a file, or only checks them. */
@RestController
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "jobs")
class SubmissionController {

    /** Under which a client may send the same submission again. */
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final JobIntake intake;
    private final ApplicationAvailability availability;

    SubmissionController(JobIntake intake, ApplicationAvailability availability) {
        this.intake = intake;
        this.availability = availability;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Takes a job in; with dryRun only checks its first tasks")
    ResponseEntity<Object> submit(
            @RequestParam(required = false, defaultValue = "false") boolean dryRun,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        refuseUnlessReady();
        String known = dryRun ? null : Parameters.idempotencyKey(key);
        return answer(intake.read(request.getInputStream()), dryRun, known);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "Takes a job in; with dryRun only checks its first tasks")
    ResponseEntity<Object> upload(
            @RequestParam(required = false, defaultValue = "false") boolean dryRun,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException, ServletException {
        refuseUnlessReady();
        String known = dryRun ? null : Parameters.idempotencyKey(key);
        Submission submission = read(part(request, "job", "the JSON of the job"));
        return answer(withFile(submission, request.getPart("input")), dryRun, known);
    }

    private void refuseUnlessReady() {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            throw new NotReadyException();
        }
    }

    private static Part part(HttpServletRequest request, String name, String what)
            throws IOException, ServletException {
        Part part = request.getPart(name);
        if (part == null) {
            throw new JobRejectedException("missing_part", "/" + name, "the part \"" + name + "\" is missing: " + what);
        }
        return part;
    }

    private Submission read(Part job) throws IOException {
        try (InputStream body = job.getInputStream()) {
            return intake.read(body);
        }
    }

    /** Moves the upload to where jobs come in; that is a rename on the same disk. */
    private Submission withFile(Submission submission, @Nullable Part file) throws IOException {
        if (file == null) {
            return submission;
        }
        if (submission.staged() != null) {
            intake.discard(submission);
            throw new JobRejectedException(
                    "invalid_request", "/input/tasks", "a job has tasks inline or the part \"input\", not both");
        }
        Path staged = intake.newStagedFile();
        try {
            file.write(staged.toAbsolutePath().toString());
        } catch (IOException e) {
            Files.deleteIfExists(staged);
            throw e;
        }
        return submission.withUpload(staged, file.getSubmittedFileName());
    }

    private ResponseEntity<Object> answer(Submission submission, boolean dryRun, @Nullable String key) {
        if (dryRun) {
            return ResponseEntity.ok(intake.check(submission));
        }
        TakenIn taken = intake.submit(submission, key);
        return ResponseEntity.status(taken.before() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/jobs/" + taken.job().id()))
                .body(taken.job());
    }
}
