package dev.modelmill.stream;

import java.nio.file.Path;

/** What the stream needs to know of jobs. Called by one thread four times a second for each job that is watched. */
@FunctionalInterface
public interface WatchedJobs {

    /**
     * A job as it is shown.
     *
     * @param job the job, to be written as JSON; two that are written alike are the same
     * @param ended whether this is its last status, seen only once its log's {@code end()} was called
     * @param folder where its log is; need not exist
     */
    record Snapshot(Object job, boolean ended, Path folder) {}

    /**
     * The job as it is now. Quick, and from memory where it may be: all streams wait for it.
     *
     * @throws RuntimeException if there is no such job or it can't be told; the request fails with it, and streams of
     *     the job that are open are closed without {@code end}, so that their clients ask again
     */
    Snapshot snapshot(String jobId);
}
