package dev.modelmill.stream;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Jobs that are what a test says they are. */
final class FakeJobs implements WatchedJobs {

    private final Map<String, Snapshot> jobs = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Path folder;

    FakeJobs(Path folder) {
        this.folder = folder;
    }

    @Override
    public Snapshot snapshot(String jobId) {
        asked.incrementAndGet();
        Snapshot job = jobs.get(jobId);
        if (job == null) {
            throw new UnknownJobException();
        }
        return job;
    }

    /** How often a job was asked for. */
    int asked() {
        return asked.get();
    }

    void put(String jobId, String status, int succeeded) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("id", jobId);
        job.put("status", status);
        job.put("succeeded", succeeded);
        jobs.put(jobId, new Snapshot(job, status.startsWith("COMPLETED"), folder));
    }

    void remove(String jobId) {
        jobs.remove(jobId);
    }

    @ResponseStatus(HttpStatus.NOT_FOUND)
    static final class UnknownJobException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
