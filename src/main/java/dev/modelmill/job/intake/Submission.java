package dev.modelmill.job.intake;

import dev.modelmill.job.JobRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A request for a job, read but not yet taken in.
 *
 * @param request what is asked for
 * @param requestJson the same as it was written, without the tasks themselves
 * @param staged the tasks that came with the request, in a file under {@code incoming/}; null where it names a path. Whoever
 *     made it deletes it where the job is not taken in
 * @param fileName what the client called an uploaded file, by whose extension its format may be known; null otherwise
 */
public record Submission(
        JobRequest request,
        String requestJson,
        @Nullable Path staged,
        @Nullable String fileName) {

    /** The same with the tasks of an upload. */
    public Submission withUpload(Path upload, @Nullable String name) {
        return new Submission(request, requestJson, upload, name);
    }
}
