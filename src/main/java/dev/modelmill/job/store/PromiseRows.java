package dev.modelmill.job.store;

import dev.modelmill.job.JobId;
import dev.modelmill.job.JobStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * What keeping promises needs of the rows of this data folder's jobs: keys of submissions, restarts, deletions, and which
 * jobs there are. Shared between threads; joins the caller's transaction where there is one.
 */
@Repository
public class PromiseRows {

    private static final List<String> ENDED = Arrays.stream(JobStatus.values())
            .filter(JobStatus::ended)
            .map(Enum::name)
            .toList();

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final DataFolder folder;

    PromiseRows(JdbcClient jdbc, JsonMapper json, DataFolder folder) {
        this.jdbc = jdbc;
        this.json = json;
        this.folder = folder;
    }

    /**
     * The job of a key.
     *
     * @param id the job
     * @param digest the digest of what came with the key
     */
    public record Keyed(JobId id, String digest) {}

    /** The job that was taken in under a key. */
    public Optional<Keyed> findByKey(String key) {
        return jdbc.sql("SELECT id, request_digest FROM job WHERE owner = :owner AND idempotency_key = :key")
                .param("owner", folder.owner())
                .param("key", key)
                .query((row, number) -> new Keyed(new JobId(row.getString("id")), row.getString("request_digest")))
                .optional();
    }

    /** The key that a job was taken in under. */
    Optional<SubmissionKey> keyOf(JobId id) {
        return jdbc.sql("SELECT idempotency_key, request_digest FROM job"
                        + " WHERE id = :id AND idempotency_key IS NOT NULL")
                .param("id", id.value())
                .query((row, number) ->
                        new SubmissionKey(row.getString("idempotency_key"), row.getString("request_digest")))
                .optional();
    }

    /** All jobs of this data folder with what decides whether their folder has more to say. */
    Map<JobId, JobStatus> all() {
        Map<JobId, JobStatus> all = new HashMap<>();
        jdbc.sql("SELECT id, status FROM job WHERE owner = :owner")
                .param("owner", folder.owner())
                .query(row -> {
                    all.put(new JobId(row.getString("id")), JobStatus.valueOf(row.getString("status")));
                });
        return all;
    }

    /** The jobs that ended before a moment, those that ended first at the front. */
    List<JobId> endedBefore(Instant moment) {
        return jdbc.sql("SELECT id FROM job WHERE owner = :owner AND finished_at < :moment AND status IN (:ended)"
                        + " ORDER BY finished_at")
                .param("owner", folder.owner())
                .param("moment", moment.toEpochMilli())
                .param("ended", ENDED)
                .query((row, number) -> new JobId(row.getString("id")))
                .list();
    }

    /** The status of a job, whose row nobody else changes until the transaction ends. */
    Optional<JobStatus> lock(JobId id) {
        return jdbc.sql("SELECT status FROM job WHERE id = :id FOR UPDATE")
                .param("id", id.value())
                .query((row, number) -> JobStatus.valueOf(row.getString("status")))
                .optional();
    }

    /**
     * Has a job wait again, with the request, input, total and count of restarts given, if it is in one of some statuses
     * and was restarted less often. False where it is not.
     */
    boolean restart(StoredJob again, List<JobStatus> from) {
        return jdbc.sql("""
                UPDATE job SET status = 'QUEUED', restarts = :restarts, request = :request, priority = :priority,
                               input = :input, total = :total, finished_at = NULL, workers = NULL, error_code = NULL,
                               error_detail = NULL
                WHERE id = :id AND status IN (:from) AND restarts < :restarts""")
                        .param("id", again.id().value())
                        .param("restarts", again.restarts())
                        .param("request", again.requestJson())
                        .param("priority", again.priority())
                        .param("input", json.writeValueAsString(again.input()))
                        .param("total", again.total())
                        .param("from", from.stream().map(Enum::name).toList())
                        .update()
                == 1;
    }

    /** Forgets a job and its partitions, whatever its status. */
    public void forget(JobId id) {
        jdbc.sql("DELETE FROM job WHERE id = :id AND owner = :owner")
                .param("id", id.value())
                .param("owner", folder.owner())
                .update();
    }
}
