package dev.modelmill.cli;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobId;
import dev.modelmill.job.JobRejectedException;
import dev.modelmill.job.JobStatus;
import dev.modelmill.job.intake.JobIntake;
import dev.modelmill.job.intake.Submission;
import dev.modelmill.job.log.EventLogs;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.InferenceJobs;
import dev.modelmill.job.store.JobFiles;
import dev.modelmill.job.store.JobFilter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** One run from its job to its exit code, in a context that has been started for it. Used once. */
final class RunSession {

    private static final int MANY = 1000;

    private final RunOptions options;
    private final String model;
    private final Interruption interruption;
    private final Terminal terminal;
    private final InferenceJobs jobs;
    private final JobIntake intake;
    private final JobFiles files;
    private final JsonMapper json;
    private final EventLogs logs;
    private final DataFolder folder;

    RunSession(
            ApplicationContext context,
            RunOptions options,
            String model,
            Interruption interruption,
            Terminal terminal) {
        this.options = options;
        this.model = model;
        this.interruption = interruption;
        this.terminal = terminal;
        jobs = context.getBean(InferenceJobs.class);
        intake = context.getBean(JobIntake.class);
        files = context.getBean(JobFiles.class);
        json = context.getBean(JsonMapper.class);
        logs = context.getBean(EventLogs.class);
        folder = context.getBean(DataFolder.class);
    }

    /**
     * Runs the job to its end and writes what it gives.
     *
     * @return the exit code
     * @throws CommandFailedException if the job is refused
     */
    int run() throws IOException {
        JobId id = unfinished();
        Job job = follower(id).follow();
        if (options.output == null) {
            write(id);
        }
        if (options.json) {
            print(json.writeValueAsBytes(job));
        }
        boolean cancelled = job.status() == JobStatus.CANCELLED && interruption.asked();
        return cancelled ? ExitCodes.INTERRUPTED : ExitCodes.of(job.status());
    }

    private JobId unfinished() throws IOException {
        List<Job> going = list(JobStatus.NOT_ENDED);
        if (!going.isEmpty()) {
            return going.get(0).id();
        }
        list(Set.of()).forEach(ended -> jobs.delete(ended.id()));
        return submit().id();
    }

    private List<Job> list(Set<JobStatus> statuses) {
        return jobs.list(new JobFilter(statuses, null, null, null, MANY));
    }

    private Job submit() throws IOException {
        byte[] request = json.writeValueAsBytes(options.request(model));
        try {
            Submission submission = intake.read(new ByteArrayInputStream(request));
            return intake.submit(options.readsStandardInput() ? withStandardInput(submission) : submission);
        } catch (JobRejectedException e) {
            throw new CommandFailedException(
                    ExitCodes.USAGE,
                    e.faults().stream().map(JobRejectedException.Fault::detail).collect(Collectors.joining("\n")));
        }
    }

    private Submission withStandardInput(Submission submission) throws IOException {
        Path staged = intake.newStagedFile();
        Files.copy(System.in, staged);
        return submission.withUpload(staged, null);
    }

    private JobFollower follower(JobId id) {
        Screen screen = options.quiet ? Screen.NONE : Screen.on(terminal, System.err);
        return new JobFollower(
                () -> jobs.get(id),
                () -> jobs.cancel(id),
                logs.find(id.value(), folder.job(id).path()).after(-1),
                screen,
                interruption);
    }

    private static void print(byte[] line) throws IOException {
        try (OutputStream out = new UnclosedOutput(System.out)) {
            out.write(line);
            out.write('\n');
        }
    }

    private void write(JobId id) throws IOException {
        try (OutputStream results = new UnclosedOutput(System.out)) {
            files.results(id).writeTo(results);
        }
        try (OutputStream errors = new UnclosedOutput(System.err)) {
            files.errors(id).writeTo(errors);
        }
    }

    /** Buffers what goes to a stream of the process, which stays open. */
    private static final class UnclosedOutput extends BufferedOutputStream {

        UnclosedOutput(PrintStream stream) {
            super(stream, 1 << 16);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
