package dev.modelmill.stream;

import dev.modelmill.job.Job;
import dev.modelmill.job.JobId;
import dev.modelmill.job.NoSuchJobException;
import dev.modelmill.job.store.DataFolder;
import dev.modelmill.job.store.InferenceJobs;
import org.springframework.stereotype.Component;

/** The jobs as the stream shows them. */
@Component
class JobSnapshots implements WatchedJobs {

    private final InferenceJobs jobs;
    private final DataFolder folder;

    JobSnapshots(InferenceJobs jobs, DataFolder folder) {
        this.jobs = jobs;
        this.folder = folder;
    }

    @Override
    public Snapshot snapshot(String id) {
        JobId known = JobId.parse(id).orElseThrow(() -> new NoSuchJobException(id));
        Job job = jobs.get(known);
        return new Snapshot(job, job.status().ended(), folder.job(known).path());
    }
}
